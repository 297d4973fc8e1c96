import type { Attachment, UserNode } from './user-tree.ts';
import { isWorkload } from './user-tree.ts';

/** A row of the tree of users, with the rows below it. */
export type TreeRow = UserRow | AttachmentRow;

export interface UserRow {
  readonly key: string;
  readonly user: UserNode;
  readonly below: readonly TreeRow[];
}

export interface AttachmentRow {
  readonly key: string;
  readonly attachment: Attachment;
  /** Of a pod: only pods are attached, workloads ask. */
  readonly isPod: boolean;
  readonly below: readonly [];
}

/** Stands for the rest of a list that is too long to be shown at once. */
export interface MoreRow {
  readonly key: string;
  /** The list's: the key of the row that it is below, `''` for the outermost. */
  readonly list: string;
  /** How many rows there are beyond those that are shown. */
  readonly more: number;
}

/** A row as it is to be shown now. The same object as long as nothing of it and of what is below it changes. */
export interface ShownRow {
  readonly key: string;
  readonly row: TreeRow | MoreRow;
  readonly isExpanded: boolean;
  /** Of a closed row only the first: enough for the tree to know that it can be opened. */
  readonly below: readonly ShownRow[];
}

/** What a person has opened. */
export interface Opened {
  readonly isExpanded: (row: TreeRow) => boolean;
  /** How many rows of a list are shown, if more than at first. */
  readonly shown: ReadonlyMap<string, number>;
}

/** With no more pods than this, all of them are shown with their attachments from the start. */
export const MOST_PODS_EXPANDED = 8;
/** Rows that a list shows at once; to make many more takes longer than a person wants to wait. */
export const PAGE_ROWS = 100;

/** Workload, pod, attachment. What a template asks for is shown where it has no pods that show it. */
export function rowsOf(nodes: readonly UserNode[]): readonly TreeRow[] {
  return nodes.map((user) => ({
    key: user.key,
    user,
    below: user.pods.length > 0 ? rowsOf(user.pods) : attachmentRows(user),
  }));
}

function attachmentRows(user: UserNode): readonly TreeRow[] {
  const isPod = !isWorkload(user);
  return user.attachments.flatMap((attachment, index): TreeRow[] => {
    const saysMore = isPod || factsOf(attachment).length > 0;
    return saysMore ? [{ key: `${user.key}\0${index}`, attachment, isPod, below: [] }] : [];
  });
}

/** Interface, addresses and MAC, as far as they are known. */
export function factsOf({ interface: name = '', ips, mac = '' }: Attachment): readonly string[] {
  return [name, ...ips, mac].filter((fact) => fact !== '');
}

/** All rows that have others below them. */
export function expandableRows(rows: readonly TreeRow[]): readonly TreeRow[] {
  return rows.flatMap((row) => (row.below.length > 0 ? [row, ...expandableRows(row.below)] : []));
}

/** A pod or one of its workload; not a workload without pods, of which only the template is known. */
export function showsPod(row: TreeRow): boolean {
  return 'user' in row && (!isWorkload(row.user) || row.user.pods.length > 0);
}

/** The rows to show now; those of `before` that stay as they were are the same objects. */
export function showRows(
  rows: readonly TreeRow[],
  opened: Opened,
  before: readonly ShownRow[] = [],
  list = '',
): readonly ShownRow[] {
  const known = new Map(before.map((one) => [one.key, one]));
  const most = opened.shown.get(list) ?? PAGE_ROWS;
  const shown = rows.slice(0, most).map((row): ShownRow => {
    const last = known.get(row.key);
    const isExpanded = row.below.length > 0 && opened.isExpanded(row);
    const made = isExpanded ? row.below : row.below.slice(0, 1);
    const below = showRows(made, opened, last?.below, row.key);
    const isSame = last?.row === row && last.isExpanded === isExpanded && haveSame(last.below, below);
    return isSame ? last : { key: row.key, row, isExpanded, below };
  });
  const next = rows[most];
  return next === undefined ? shown : [...shown, moreRow(list, next, rows.length - most)];
}

/** How many rows there are to see. */
export function countRows(rows: readonly ShownRow[]): number {
  return rows.reduce((sum, { isExpanded, below }) => sum + 1 + (isExpanded ? countRows(below) : 0), 0);
}

export function countPods(nodes: readonly UserNode[]): number {
  return nodes.reduce((sum, node) => sum + (isWorkload(node) ? node.pods.length : 1), 0);
}

function haveSame(some: readonly ShownRow[], others: readonly ShownRow[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}

/** Has the key of the first row that it stands for: that one takes its place, and with it the focus. */
function moreRow(list: string, { key }: TreeRow, more: number): ShownRow {
  return { key, row: { key, list, more }, isExpanded: false, below: [] };
}
