import { Fragment } from 'react';
import type { ContextView } from '../../main/contract/contexts.ts';
import { modeSchema } from '../../main/contract/contexts.ts';
import { ContextName, contextLabel } from '../components/ContextName.tsx';
import { isWaitingForCrd, phaseMark } from '../components/Icon.tsx';
import { Marked } from '../components/Marked.tsx';
import { Select } from '../components/Select.tsx';
import { Time } from '../components/Time.tsx';
import { useModeChange } from '../components/useModeChange.tsx';
import { spellOut } from '../format.ts';
import { strings } from '../strings.ts';
import styles from './Sidebar.module.css';

const text = strings.frame;
const MODES = modeSchema.options.map((value) => ({ value, label: strings.modes[value] }));

/** The contexts: how each one is, and what the user wants for it. */
export function Sidebar(props: {
  contexts: readonly ContextView[];
  /** The chosen context's id; undefined: all. */
  chosen: string | undefined;
  choose: (scope: string) => void;
}) {
  const { contexts, chosen, choose } = props;
  return (
    <nav className={styles.sidebar} aria-label={text.contexts}>
      <p className={styles.product}>{strings.product}</p>
      {contexts.length > 1 && (
        <button
          type="button"
          className={`${styles.row} ${styles.all}`}
          aria-current={chosen === undefined}
          onClick={() => choose('all')}
        >
          {text.all}
        </button>
      )}
      <ul className={styles.list}>
        {byGroup(contexts).map(([group, ofGroup]) => (
          <Fragment key={group}>
            {group !== '' && <li className={styles.group}>{spellOut(group)}</li>}
            {ofGroup.map((context) => (
              <ContextRow
                key={context.id}
                context={context}
                isChosen={context.id === chosen}
                choose={() => choose(context.id)}
              />
            ))}
          </Fragment>
        ))}
      </ul>
    </nav>
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

function ContextRow({
  context,
  isChosen,
  choose,
}: {
  context: ContextView;
  isChosen: boolean;
  choose: () => void;
}) {
  const isOff = context.phase === 'off';
  return (
    <li className={styles.item}>
      <button
        type="button"
        className={`${styles.row} ${isOff ? styles.off : ''}`}
        aria-current={isChosen}
        title={`${spellOut(context.name)}\n${spellOut(context.server)}\n${spellOut(context.file)}`}
        onClick={choose}
      >
        <span className={styles.name}>
          <ContextName context={context} />
          {context.isCurrent && (
            <span className={styles.current} title={text.currentHint}>
              {text.current}
            </span>
          )}
        </span>
        {!isOff && <Condition context={context} />}
      </button>
      <ModeSelect context={context} />
    </li>
  );
}

/** Phase as mark and word, then what there is, the most urgent first. */
function Condition({ context }: { context: ContextView }) {
  const word = isWaitingForCrd(context) ? text.waiting : strings.phases[context.phase];
  return (
    <span className={styles.condition}>
      <Marked mark={phaseMark(context)}>{word}</Marked>
      <span className={styles.counts}>
        {context.phase === 'syncing' ? text.itemsRead(context.itemsRead) : <Counts context={context} />}
      </span>
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
    <>
      <span className={styles.mode}>
        <Select
          look="quiet"
          aria-label={text.mode(spellOut(contextLabel(context)))}
          title={strings.modeMeanings[context.mode]}
          choices={MODES}
          value={context.mode}
          choose={setMode}
        />
      </span>
      {dialog}
    </>
  );
}
