import { useEffect, useRef } from 'react';
import { Foreign } from '../../components/Foreign.tsx';
import type { Mark } from '../../components/Icon.tsx';
import { Icon, STATE_MARKS } from '../../components/Icon.tsx';
import { isFresh } from '../../fresh.ts';
import { useMapActions } from './map-actions.ts';
import { useIsActive, useIsNodeDim, useMapFocus } from './map-focus.ts';
import type { MapNode } from './map-graph.ts';
import styles from './NodeButton.module.css';
import { detailOf, labelOf, titleOf } from './node-words.ts';

/** What stands for a node: says what it is, and opens it. */
export function NodeButton({ node }: { node: MapNode }) {
  const focus = useMapFocus();
  const actions = useMapActions();
  const isActive = useIsActive(node.id);
  const isDim = useIsNodeDim(node.id);
  const isChosen = actions.chosen === node.id;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The map moves by itself to show it; the browser would scroll the map's frame.
    if (isActive && focus.takeFocus(node.id)) button.current?.focus({ preventScroll: true });
  });
  const light = () => actions.light(node.id);
  return (
    <button
      ref={button}
      type="button"
      className={classesOf(node, isDim, isChosen)}
      tabIndex={isActive ? 0 : -1}
      aria-label={labelOf(node)}
      aria-pressed={node.kind === 'parent' ? isChosen : undefined}
      aria-expanded={node.kind === 'group' ? node.isOpen : undefined}
      onClick={() => actions.choose(node)}
      onPointerEnter={light}
      onPointerLeave={() => actions.light(undefined)}
      onFocus={({ currentTarget }) => {
        focus.activate(node.id);
        if (currentTarget.matches(':focus-visible')) light();
      }}
      onBlur={() => actions.light(undefined)}
    >
      {/* Spaces keep words apart that only the layout does. */}
      <Title node={node} /> <span className={`${styles.detail} ${toneOf(node)}`}>{detailOf(node)}</span>
    </button>
  );
}

function Title({ node }: { node: MapNode }) {
  const mark = markOf(node);
  const { words, name } = titleOf(node);
  return (
    <span className={styles.title}>
      {mark !== undefined && <Icon {...mark} />}
      {words !== undefined && <span className={styles.words}>{words}</span>}{' '}
      {name !== undefined && <Name node={node} name={name} />}
    </span>
  );
}

/** Of a namespaced name, the namespace gives way first where there is no room. */
function Name({ node, name }: { node: MapNode; name: string }) {
  const named = node.kind === 'network' ? node.row.network : node.kind === 'workload' ? node.user : undefined;
  if (named === undefined) return <Foreign className={styles.name} text={name} />;
  return (
    <span className={styles.path}>
      <span className={styles.namespace}>
        <Foreign text={named.namespace} />/
      </span>
      <Foreign className={styles.name} text={named.name} />
    </span>
  );
}

function markOf(node: MapNode): Mark | undefined {
  switch (node.kind) {
    case 'network':
      return STATE_MARKS[node.row.shown];
    case 'group':
      if (node.condition === 'missing') return STATE_MARKS.missing;
      return { shape: node.isOpen ? 'chevron' : 'chevronRight', tone: 'muted' };
    case 'parent':
    case 'workload':
      return undefined;
  }
}

function toneOf(node: MapNode): string | undefined {
  if (node.kind === 'network') return styles[STATE_MARKS[node.row.shown].tone];
  if (node.kind !== 'group') return undefined;
  return node.condition === 'troubled' ? styles.amber : undefined;
}

function classesOf(node: MapNode, isDim: boolean, isChosen: boolean): string {
  const { kind } = node;
  const isOpen = kind === 'group' && node.isOpen;
  const isJustRestored =
    kind === 'network' && node.row.restoredAt !== undefined && isFresh(node.row.restoredAt);
  const isMissing =
    kind === 'network' ? node.row.shown === 'missing' : kind === 'group' && node.condition === 'missing';
  const classes = [
    styles.node,
    kind === 'group' && !isOpen && styles.group,
    isOpen && styles.head,
    isMissing && styles.missing,
    isChosen && styles.chosen,
    isDim && styles.dim,
    isJustRestored && 'fresh',
  ];
  return classes.filter(Boolean).join(' ');
}
