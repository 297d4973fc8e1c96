import { useCallback, useMemo, useRef, useState } from 'react';
import { Collection } from 'react-aria-components/Collection';
import type { Key } from 'react-aria-components/Tree';
import { Tree, TreeItem } from 'react-aria-components/Tree';
import { ListLayout, Virtualizer } from 'react-aria-components/Virtualizer';
import { strings } from '../../strings.ts';
import type { ShownRow, TreeRow } from './tree-rows.ts';
import {
  countPods,
  countRows,
  expandableRows,
  MOST_PODS_EXPANDED,
  PAGE_ROWS,
  rowsOf,
  showRows,
  showsPod,
} from './tree-rows.ts';
import { nameOfRow, RowContent } from './UserRow.tsx';
import styles from './UserTree.module.css';
import type { UserNode } from './user-tree.ts';

/** More rows than this are drawn only while they are in view. */
const MOST_DRAWN_ROWS = 100;
const ROW_HEIGHT_PX = 28;
const MOST_HEIGHT_PX = 420;
const LAYOUT = { estimatedRowHeight: ROW_HEIGHT_PX };

/** Workloads, their pods, and how each pod is attached; the arrow keys open and close. */
export function UserTree({ nodes, home }: { nodes: readonly UserNode[]; home: string }) {
  const rows = useMemo(() => rowsOf(nodes), [nodes]);
  const { shown, expanded, flip, showMore } = useShownRows(nodes, rows);
  // Once many, always many: to change how they are drawn would lose the focus.
  const [isMany, setMany] = useState(false);
  if (!isMany && countPods(nodes) + nodes.length > MOST_DRAWN_ROWS / 2) setMany(true);
  const height = Math.min(MOST_HEIGHT_PX, countRows(shown) * ROW_HEIGHT_PX);
  const tree = (
    <Tree
      aria-label={strings.detail.users}
      className={`${styles.tree} ${isMany ? styles.many : ''}`}
      style={isMany ? { height } : {}}
      items={shown}
      expandedKeys={expanded}
      onExpandedChange={(keys) => flip(difference(keys, expanded))}
    >
      {(row) => <Row row={row} home={home} showMore={showMore} />}
    </Tree>
  );
  if (!isMany) return tree;
  return (
    <Virtualizer layout={ListLayout} layoutOptions={LAYOUT}>
      {tree}
    </Virtualizer>
  );
}

interface RowProps {
  readonly row: ShownRow;
  readonly home: string;
  /** Shows more rows of a list. */
  readonly showMore: (list: string) => void;
}

function Row({ row: shown, home, showMore }: RowProps) {
  const { key, row, below } = shown;
  return (
    <TreeItem
      id={key}
      textValue={nameOfRow(row, home)}
      className={styles.row ?? ''}
      {...('more' in row && { onAction: () => showMore(row.list) })}
    >
      <RowContent row={shown} home={home} />
      <Collection items={below}>{(one) => <Row row={one} home={home} showMore={showMore} />}</Collection>
    </TreeItem>
  );
}

/** Few pods are open from the start, many closed; what the person changes of that stays when users come and go. */
function useShownRows(nodes: readonly UserNode[], rows: readonly TreeRow[]) {
  const [isFew] = useState(() => countPods(nodes) <= MOST_PODS_EXPANDED);
  const [flipped, setFlipped] = useState<ReadonlySet<Key>>(new Set());
  const [pages, setPages] = useState<ReadonlyMap<string, number>>(new Map());
  const last = useRef<readonly ShownRow[]>([]);
  const flip = useCallback(
    (keys: readonly Key[]) => setFlipped((before) => new Set(difference(before, new Set(keys)))),
    [],
  );
  const showMore = useCallback(
    (list: string) =>
      setPages((before) => new Map(before).set(list, (before.get(list) ?? PAGE_ROWS) + PAGE_ROWS)),
    [],
  );
  const { shown, expanded } = useMemo(() => {
    const isExpanded = (row: TreeRow) => (isFew && showsPod(row)) !== flipped.has(row.key);
    const open = expandableRows(rows).filter(isExpanded);
    return {
      shown: showRows(rows, { isExpanded, shown: pages }, last.current),
      expanded: new Set<Key>(open.map(({ key }) => key)),
    };
  }, [rows, flipped, pages, isFew]);
  last.current = shown;
  return { shown, expanded, flip, showMore };
}

/** What is in one of them alone. */
function difference(some: ReadonlySet<Key>, others: ReadonlySet<Key>): readonly Key[] {
  return [...[...some].filter((key) => !others.has(key)), ...[...others].filter((key) => !some.has(key))];
}
