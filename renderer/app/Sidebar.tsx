import { useDeferredValue, useMemo, useState } from 'react';
import { GridList, GridListHeader, GridListItem, GridListSection } from 'react-aria-components/GridList';
import type { ContextView } from '../../main/contract/contexts.ts';
import { ContextName, contextLabel } from '../components/ContextName.tsx';
import { isWaitingForCrd, phaseMark } from '../components/Icon.tsx';
import { Marked } from '../components/Marked.tsx';
import { ModeSelect } from '../components/ModeSelect.tsx';
import { Time } from '../components/Time.tsx';
import { spellOut } from '../format.ts';
import { createLooksKeeper } from '../state/context-looks.ts';
import { useView } from '../state/view.tsx';
import { scopeOf } from '../state/view-state.ts';
import { useWindowState } from '../state/window.tsx';
import { strings } from '../strings.ts';
import styles from './Sidebar.module.css';

const text = strings.frame;
/** What has the focus is looked at, and several can be. */
const BESIDE = { selectionMode: 'multiple', selectionBehavior: 'replace' } as const;
/** Looking for one changes nothing, choosing it closes the list, and so does Escape. */
const OVER = { selectionMode: 'single', selectionBehavior: 'toggle', escapeKeyBehavior: 'none' } as const;

/** The contexts: how each one is, and what the user wants for it. One is looked at, several, or all. */
export function Sidebar({ close }: { /** Where it lies over the window. */ close?: () => void }) {
  const { view, change } = useView();
  const contexts = useContextLooks();
  const scope = useMemo(() => scopeOf(view.scope, contexts), [view.scope, contexts]);
  const choose = (chosen: readonly string[] | 'all') => {
    change({ do: 'choose', scope: chosen });
    close?.();
  };
  // The same elements as long as the contexts look the same: what else is looked at renders none of them again.
  const groups = useMemo(
    () => byGroup(contexts).map(([group, ofGroup]) => <Group key={group} group={group} contexts={ofGroup} />),
    [contexts],
  );
  // In their own turn: the table, which a person waits for, is there before many contexts are.
  const shownGroups = useDeferredValue(groups, []);
  return (
    <nav className={styles.sidebar} aria-label={text.contexts}>
      <p className={styles.product}>{strings.product}</p>
      {contexts.length > 1 && (
        <button type="button" className={styles.all} aria-current={scope.isAll} onClick={() => choose('all')}>
          {text.all}
        </button>
      )}
      <GridList
        className={styles.list ?? ''}
        aria-label={text.contexts}
        {...(close === undefined ? BESIDE : OVER)}
        selectedKeys={scope.isAll ? [] : scope.contexts.map(({ id }) => id)}
        onSelectionChange={(keys) => {
          const ids = keys === 'all' ? [] : [...keys].map(String);
          if (ids.length > 0) choose(ids);
          else if (close === undefined) choose('all');
          // The one that is looked at was chosen again.
          else close();
        }}
      >
        {shownGroups}
      </GridList>
    </nav>
  );
}

/** The contexts, told anew when one is called, marked or set differently: how each one is, its row finds out itself. */
function useContextLooks(): readonly ContextView[] {
  const [keep] = useState(createLooksKeeper);
  return useWindowState((state) => keep(state.contexts));
}

function Group({ group, contexts }: { group: string; contexts: readonly ContextView[] }) {
  const rows = contexts.map((context) => <ContextRow key={context.id} context={context} />);
  if (group === '') return rows;
  return (
    <GridListSection>
      <GridListHeader className={styles.group ?? ''}>
        <span title={spellOut(group)}>{spellOut(group)}</span>
      </GridListHeader>
      {rows}
    </GridListSection>
  );
}

/** Those without a group first; groups in the order of their first context. */
function byGroup(contexts: readonly ContextView[]) {
  const groups = new Map<string, ContextView[]>([['', []]]);
  for (const context of contexts) {
    const group = context.group ?? '';
    const ofGroup = groups.get(group);
    if (ofGroup === undefined) groups.set(group, [context]);
    else ofGroup.push(context);
  }
  return [...groups];
}

function ContextRow({ context }: { context: ContextView }) {
  const isOff = context.phase === 'off';
  return (
    <GridListItem
      id={context.id}
      textValue={spellOut(contextLabel(context))}
      className={`${styles.row} ${isOff ? styles.off : ''}`}
    >
      <div
        className={styles.name}
        title={`${spellOut(context.name)}\n${spellOut(context.server)}\n${spellOut(context.file)}`}
      >
        <ContextName context={context} />
        {isOff && <Current context={context} />}
        <span className={styles.mode}>
          <ModeSelect context={context} />
        </span>
      </div>
      {!isOff && <Condition id={context.id} />}
    </GridListItem>
  );
}

/** Phase as mark and word, then what there is, the most urgent first. */
function Condition({ id }: { id: string }) {
  const context = useWindowState((state) => state.contexts.find((one) => one.id === id));
  if (context === undefined) return null;
  const word = isWaitingForCrd(context) ? text.waiting : strings.phases[context.phase];
  return (
    <div className={styles.condition}>
      <Marked mark={phaseMark(context)}>{word}</Marked>
      <Current context={context} />
      <span className={styles.counts}>
        {context.phase === 'syncing' ? text.itemsRead(context.itemsRead) : <Counts context={context} />}
      </span>
    </div>
  );
}

function Current({ context }: { context: ContextView }) {
  if (!context.isCurrent) return null;
  return (
    <span className={styles.current} title={text.currentHint}>
      {text.current}
    </span>
  );
}

function Counts({ context }: { context: ContextView }) {
  const { attention, missing, inUse, networks, staleSince } = context;
  if (networks + attention + missing === 0 && context.phase !== 'watching') return null;
  return (
    <>
      {attention > 0 && <span className={styles.attention}>{text.needYou(attention)}</span>}
      {missing > 0 && <span className={styles.missing}>{text.missing(missing)}</span>}
      {(inUse > 0 || attention + missing === 0) && <span>{text.inUse(inUse)}</span>}
      {staleSince !== undefined && <Time atMs={staleSince} />}
    </>
  );
}
