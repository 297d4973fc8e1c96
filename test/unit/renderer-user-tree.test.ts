import { describe, expect, test } from 'vitest';
import type { NetworkUserView } from '../../main/contract/networks.ts';
import type { TreeRow } from '../../renderer/views/detail/tree-rows.ts';
import {
  countRows,
  expandableRows,
  factsOf,
  PAGE_ROWS,
  rowsOf,
  showRows,
  showsPod,
} from '../../renderer/views/detail/tree-rows.ts';
import type { UserNode } from '../../renderer/views/detail/user-tree.ts';
import { countUsers, gatherUsers, namespacesOf } from '../../renderer/views/detail/user-tree.ts';
import { whoNeedsIt } from '../../renderer/words/detail.ts';

type Kind = NetworkUserView['kind'];
const ATTACHMENT = { interface: 'net1', ips: ['10.0.0.1'], mac: '0a:00', isAsked: true, isAttached: true };

function pod(name: string, owner?: NetworkUserView['owner'], namespace = 'web'): NetworkUserView {
  return { kind: 'Pod', namespace, name, attachments: [ATTACHMENT], ...(owner && { owner }) };
}

function workload(kind: Kind, name: string, namespace = 'web'): NetworkUserView {
  const attachments = [{ interface: 'net1', ips: [], isAsked: true, isAttached: false }];
  return { kind, namespace, name, attachments };
}

const outline = (nodes: readonly UserNode[]): unknown[] =>
  nodes.map(({ kind, name, pods }) =>
    pods.length === 0 ? `${kind} ${name}` : [`${kind} ${name}`, ...outline(pods)],
  );

const web = { kind: 'Deployment', name: 'web' };

describe('gathers users', () => {
  test('under what made them, and a workload that is in the list itself is the same node', () => {
    const users = [pod('web-b', web), pod('web-a', web), workload('Deployment', 'web')];
    expect(outline(gatherUsers(users))).toEqual([['Deployment web', 'Pod web-a', 'Pod web-b']]);
  });

  test('whether the workload stands before its pods or after them', () => {
    const users = [workload('Deployment', 'web'), pod('web-a', web)];
    expect(outline(gatherUsers(users))).toEqual(outline(gatherUsers(users.toReversed())));
  });

  test('of the same name apart by kind and by namespace', () => {
    const users = [
      pod('a', web),
      pod('b', { kind: 'StatefulSet', name: 'web' }),
      pod('c', web, 'other'),
      workload('Job', 'web'),
    ];
    expect(outline(gatherUsers(users))).toEqual([
      ['Deployment web', 'Pod c'],
      ['Deployment web', 'Pod a'],
      ['StatefulSet web', 'Pod b'],
      'Job web',
    ]);
  });

  test('with workloads that have pods first, then pods that nothing made, then workloads without pods', () => {
    const users = [workload('CronJob', 'a'), pod('b'), pod('z', { kind: 'Tenant', name: 'y' })];
    expect(outline(gatherUsers(users))).toEqual([['Tenant y', 'Pod z'], 'Pod b', 'CronJob a']);
  });

  test('with numbers in names as numbers', () => {
    const users = ['osd-10', 'osd-9', 'osd-1'].map((name) => pod(name));
    expect(outline(gatherUsers(users))).toEqual(['Pod osd-1', 'Pod osd-9', 'Pod osd-10']);
  });

  test('each under a key of its own', () => {
    const users = [
      pod('a', web),
      pod('a'),
      pod('a', web, 'other'),
      workload('Job', 'a'),
      workload('CronJob', 'a'),
    ];
    const nodes = gatherUsers(users.slice(1));
    expect(new Set(nodes.map(({ key }) => key)).size).toBe(nodes.length);
  });
});

test('names the namespaces of users once, by name', () => {
  expect(namespacesOf([pod('a', web, 'b'), pod('b', web, 'a'), pod('c', web, 'b')])).toEqual(['a', 'b']);
});

describe('makes rows', () => {
  const closed = { isExpanded: () => false, shown: new Map() };
  const open = { isExpanded: () => true, shown: new Map() };
  const inUse = [pod('a', web), pod('b', web), workload('Deployment', 'web')];
  const pods = (count: number) => Array.from({ length: count }, (_, index) => pod(`pod-${index}`, web));

  test('of workload, pod and attachment, and counts those that can be seen', () => {
    const rows = rowsOf(gatherUsers(inUse));
    expect(countRows(showRows(rows, open))).toBe(5);
    expect(countRows(showRows(rows, closed))).toBe(1);
    const oneOpen = { ...closed, isExpanded: ({ key }: TreeRow) => key === rows[0]?.key };
    expect(countRows(showRows(rows, oneOpen))).toBe(3);
    expect(expandableRows(rows).filter(showsPod)).toHaveLength(3);
  });

  test('and of a closed one just one below, so that it can be opened', () => {
    const [row] = showRows(rowsOf(gatherUsers(pods(50))), closed);
    expect(row).toMatchObject({ isExpanded: false, below: [{ isExpanded: false, below: [{}] }] });
  });

  test('that stay the same objects where nothing changes', () => {
    const rows = rowsOf(gatherUsers([...inUse, pod('c', { kind: 'Job', name: 'night' })]));
    const [job, before] = showRows(rows, closed);
    const isExpanded = ({ key }: TreeRow) => key === before?.key;
    const [sameJob, after] = showRows(
      rows,
      { ...closed, isExpanded },
      [job, before].filter((one) => one !== undefined),
    );
    expect(sameJob).toBe(job);
    expect(after).not.toBe(before);
    expect(after?.below[0]).toBe(before?.below[0]);
  });

  test('of a long list a page at a time', () => {
    const rows = rowsOf(gatherUsers(pods(250)));
    const list = rows[0]?.key ?? '';
    const [first] = showRows(rows, open);
    expect(first?.below).toHaveLength(PAGE_ROWS + 1);
    expect(first?.below.at(-1)?.row).toMatchObject({ list, more: 150 });
    const [all] = showRows(rows, { ...open, shown: new Map([[list, 3 * PAGE_ROWS]]) });
    expect(all?.below).toHaveLength(250);
  });

  test('of what a template asks for only where it has no pods that show it', () => {
    const [row] = rowsOf(gatherUsers([workload('Job', 'night')]));
    expect(row?.below).toMatchObject([{ isPod: false, attachment: { interface: 'net1' } }]);
    expect(expandableRows(row === undefined ? [] : [row]).filter(showsPod)).toEqual([]);
  });

  test('of no attachment where a template says nothing of it', () => {
    const attachments = [{ ips: [], isAsked: true, isAttached: false }];
    const [row] = rowsOf(gatherUsers([{ ...workload('Job', 'night'), attachments }]));
    expect(row?.below).toEqual([]);
  });

  test('with interface, addresses and MAC in this order, as far as they are known', () => {
    expect(factsOf(ATTACHMENT)).toEqual(['net1', '10.0.0.1', '0a:00']);
    expect(factsOf({ ...ATTACHMENT, interface: '', ips: [] })).toEqual(['0a:00']);
  });
});

describe('says who needs the network', () => {
  const who = (users: readonly NetworkUserView[]) => whoNeedsIt(countUsers(gatherUsers(users)));
  const db = { kind: 'StatefulSet', name: 'db' };
  test.each([
    ['', []],
    ['1 pod', [pod('a')]],
    ['2 pods', [pod('a'), pod('b')]],
    ['1 pod of 1 workload', [pod('a', web), workload('Deployment', 'web')]],
    ['3 pods of 2 workloads', [pod('a', web), pod('b', web), pod('c', db)]],
    ['1 pod of 1 workload and 1 single pod', [pod('a', web), pod('b')]],
    ['Any new pod of 1 workload', [workload('Job', 'night')]],
    [
      '1 pod of 1 workload, 2 single pods and any new pod of 2 other workloads',
      [pod('a', web), pod('b'), pod('c'), workload('Job', 'night'), workload('Job', 'day')],
    ],
  ])('%s', (words, users) => {
    expect(who(users)).toBe(words);
  });
});
