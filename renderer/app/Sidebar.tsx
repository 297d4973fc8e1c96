import { GridList, GridListHeader, GridListItem, GridListSection } from 'react-aria-components/GridList';
import type { ContextView } from '../../main/contract/contexts.ts';
import { modeSchema } from '../../main/contract/contexts.ts';
import { ContextName, contextLabel } from '../components/ContextName.tsx';
import { isWaitingForCrd, phaseMark } from '../components/Icon.tsx';
import { Marked } from '../components/Marked.tsx';
import { Select } from '../components/Select.tsx';
import { Time } from '../components/Time.tsx';
import { useModeChange } from '../components/useModeChange.tsx';
import { spellOut } from '../format.ts';
import { useScope, useView } from '../state/view.tsx';
import { useWindowState } from '../state/window.tsx';
import { strings } from '../strings.ts';
import styles from './Sidebar.module.css';

const text = strings.frame;
const MODES = modeSchema.options.map((value) => ({
  value,
  label: strings.modes[value],
  what: strings.modeMeanings[value],
}));

/** The contexts: how each one is, and what the user wants for it. One is looked at, several, or all. */
export function Sidebar() {
  const contexts = useWindowState((state) => state.contexts);
  const scope = useScope();
  const { change } = useView();
  return (
    <nav className={styles.sidebar} aria-label={text.contexts}>
      <p className={styles.product}>{strings.product}</p>
      {contexts.length > 1 && (
        <button
          type="button"
          className={styles.all}
          aria-current={scope.isAll}
          onClick={() => change({ do: 'choose', scope: 'all' })}
        >
          {text.all}
        </button>
      )}
      <GridList
        className={styles.list ?? ''}
        aria-label={text.contexts}
        selectionMode="multiple"
        selectionBehavior="replace"
        selectedKeys={scope.isAll ? [] : scope.contexts.map(({ id }) => id)}
        onSelectionChange={(keys) => {
          const chosen = keys === 'all' || keys.size === 0 ? 'all' : [...keys].map(String);
          change({ do: 'choose', scope: chosen });
        }}
      >
        {byGroup(contexts).map(([group, ofGroup]) => (
          <Group key={group} group={group} contexts={ofGroup} />
        ))}
      </GridList>
    </nav>
  );
}

function Group({ group, contexts }: { group: string; contexts: readonly ContextView[] }) {
  const rows = contexts.map((context) => <ContextRow key={context.id} context={context} />);
  if (group === '') return rows;
  return (
    <GridListSection>
      <GridListHeader className={styles.group ?? ''}>{spellOut(group)}</GridListHeader>
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
        <ModeSelect context={context} />
      </div>
      {!isOff && <Condition context={context} />}
    </GridListItem>
  );
}

/** Phase as mark and word, then what there is, the most urgent first. */
function Condition({ context }: { context: ContextView }) {
  const word = isWaitingForCrd(context) ? text.waiting : strings.phases[context.phase];
  return (
    <div className={styles.condition}>
      <Marked mark={phaseMark(context)}>{word}</Marked>
      <span className={styles.counts}>
        {context.phase === 'syncing' ? text.itemsRead(context.itemsRead) : <Counts context={context} />}
      </span>
      <Current context={context} />
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
      {attention + missing === 0 && <span>{text.inUse(inUse)}</span>}
      {staleSince !== undefined && <Time atMs={staleSince} />}
    </>
  );
}

function ModeSelect({ context }: { context: ContextView }) {
  const { setMode, dialog } = useModeChange(context);
  return (
    <span className={styles.mode}>
      <Select
        look="quiet"
        label={text.mode(spellOut(contextLabel(context)))}
        choices={MODES}
        value={context.mode}
        choose={setMode}
      />
      {dialog}
    </span>
  );
}
