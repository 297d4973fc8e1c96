/**
 * Several kubeconfig files as one, by kubectl's rules: the first file that has a name wins it, whole entries
 * at a time, and the first current-context that is set wins.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files
 */
import { dirname } from 'node:path';
import { loadYaml } from '@kubernetes/client-node';
import { KubeContext } from './kube-context.ts';
import {
  type ContextEntry,
  EntryError,
  isFields,
  type KubeCluster,
  type KubeUser,
  readCluster,
  readContext,
  readUser,
} from './kubeconfig-entries.ts';

/** One file's text. `file` is absolute where it is a file: relative paths in it start at its folder. */
export interface KubeconfigText {
  readonly file: string;
  readonly text: string;
}

/** Something that is wrong with a file, in words with the remedy. The files and entries that are good go on. */
export interface KubeconfigProblem {
  readonly file: string;
  readonly message: string;
}

export interface MergedKubeconfig {
  readonly contexts: readonly KubeContext[];
  /** May name a context that does not exist; then `problems` says so. */
  readonly currentContext: string | undefined;
  readonly problems: readonly KubeconfigProblem[];
}

/** An entry with its file; a broken one keeps its name, so that a later file does not quietly take its place. */
type Entry<T> = { readonly file: string } & ({ readonly value: T } | { readonly broken: string });
type Entries<T> = Map<string, Entry<T>>;

interface Collected {
  readonly clusters: Entries<KubeCluster>;
  readonly users: Entries<KubeUser>;
  readonly contexts: Entries<ContextEntry>;
  readonly problems: KubeconfigProblem[];
  current: { readonly name: string; readonly file: string } | undefined;
}

/** Merges the texts in their order. Never throws: what cannot be used is in `problems` or in its context. */
export function mergeKubeconfigs(texts: readonly KubeconfigText[]): MergedKubeconfig {
  const all: Collected = {
    clusters: new Map(),
    users: new Map(),
    contexts: new Map(),
    problems: [],
    current: undefined,
  };
  for (const each of texts) collectFile(each, all);
  const current = all.current;
  if (current !== undefined && !all.contexts.has(current.name)) {
    const message = `its current-context "${current.name}" is not a context of any kubeconfig file; choose one with "kubectl config use-context NAME"`;
    all.problems.push({ file: current.file, message });
  }
  const contexts = [...all.contexts].flatMap(([, entry]) =>
    'value' in entry ? [toContext(entry, all)] : [],
  );
  return { contexts, currentContext: current?.name, problems: all.problems };
}

function collectFile({ file, text }: KubeconfigText, all: Collected): void {
  const report = (message: string) => all.problems.push({ file, message });
  let root: unknown;
  try {
    root = isEmpty(text) ? {} : loadYaml(text);
  } catch (error) {
    report(`is not valid YAML${placeOf(error)}; correct it, or take it out of KUBECONFIG`);
    return;
  }
  if (!isFields(root)) {
    report('is not a kubeconfig: it has no "clusters", "users" and "contexts"; is it the right file?');
    return;
  }
  const folder = dirname(file);
  const lists = { root, file, report };
  collectList(lists, 'clusters', 'cluster', all.clusters, (name, value) => readCluster(name, value, folder));
  collectList(lists, 'users', 'user', all.users, (name, value) => readUser(name, value, folder));
  collectList(lists, 'contexts', 'context', all.contexts, readContext);
  const current = root['current-context'];
  if (typeof current === 'string' && current !== '') all.current ??= { name: current, file };
}

/** Nothing but comments: an empty kubeconfig, as for kubectl. */
function isEmpty(text: string): boolean {
  return text.split('\n').every((line) => /^(\s*|\s*#.*|---\s*)$/.test(line));
}

/** Only the place: a YAML error's own words quote the file, and with it perhaps a token. */
function placeOf(error: unknown): string {
  const mark = isFields(error) && isFields(error.mark) ? error.mark : {};
  return typeof mark.line === 'number' ? ` (line ${mark.line + 1})` : '';
}

function collectList<T>(
  from: {
    readonly root: Readonly<Record<string, unknown>>;
    readonly file: string;
    report(message: string): void;
  },
  listName: string,
  kind: string,
  into: Entries<T>,
  read: (name: string, value: unknown) => T,
): void {
  const list = from.root[listName] ?? [];
  if (!Array.isArray(list)) {
    from.report(`its "${listName}" is not a list; correct it`);
    return;
  }
  const seen = new Set<string>();
  for (const [index, item] of list.entries()) {
    const name: unknown = isFields(item) ? item.name : undefined;
    if (!isFields(item) || typeof name !== 'string' || name === '') {
      from.report(`item ${index + 1} of its "${listName}" has no name; the others are used`);
      continue;
    }
    if (seen.has(name)) {
      from.report(`has two ${listName} named "${name}"; the first is used`);
      continue;
    }
    seen.add(name);
    if (into.has(name)) continue;
    into.set(
      name,
      readEntry(from, `the ${kind} "${name}"`, () => read(name, item[kind])),
    );
  }
}

function readEntry<T>(
  from: { readonly file: string; report(message: string): void },
  what: string,
  read: () => T,
): Entry<T> {
  try {
    return { file: from.file, value: read() };
  } catch (error) {
    if (!(error instanceof EntryError)) throw error;
    from.report(`${what} ${error.message}; correct it`);
    return { file: from.file, broken: `${what} of ${from.file} ${error.message}` };
  }
}

function toContext(
  entry: { readonly file: string; readonly value: ContextEntry },
  all: Collected,
): KubeContext {
  const { name, clusterName, userName, namespace } = entry.value;
  const cluster = all.clusters.get(clusterName);
  const user = userName === undefined ? undefined : all.users.get(userName);
  const problem =
    entryProblem(name, 'cluster', clusterName, cluster) ??
    (userName === undefined ? undefined : entryProblem(name, 'user', userName, user));
  return new KubeContext({
    name,
    file: entry.file,
    files: [...new Set([entry, cluster, user].flatMap((each) => each?.file ?? []))],
    clusterName,
    userName,
    namespace,
    isCurrent: all.current?.name === name,
    problem,
    cluster: entryValue(cluster),
    user: entryValue(user),
  });
}

function entryValue<T>(entry: Entry<T> | undefined): T | undefined {
  return entry !== undefined && 'value' in entry ? entry.value : undefined;
}

function entryProblem(
  contextName: string,
  kind: string,
  name: string,
  entry: Entry<unknown> | undefined,
): string | undefined {
  if (entry === undefined) {
    return `the context "${contextName}" names the ${kind} "${name}", which no kubeconfig file has`;
  }
  return 'broken' in entry ? entry.broken : undefined;
}
