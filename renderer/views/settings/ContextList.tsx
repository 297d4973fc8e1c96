import { useState } from 'react';
import { GridList } from 'react-aria-components/GridList';
import { DropIndicator, useDragAndDrop } from 'react-aria-components/useDragAndDrop';
import { contextLabel } from '../../components/ContextName.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { spellOut } from '../../format.ts';
import { useCommand, useWindowState } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import styles from './ContextList.module.css';
import { ContextRow } from './ContextRow.tsx';
import type { Place, Step } from './order.ts';
import { findContexts, moveTo, placeAfterStep } from './order.ts';

const text = strings.settings;
/** As many are taken in at a glance. */
const FEW = 8;

/** The contexts in their order, each a line that opens to what can be set. */
export function ContextList() {
  const contexts = useWindowState((state) => state.contexts);
  const settings = useWindowState((state) => state.settings.contexts);
  const [words, setWords] = useState('');
  const { move, said } = useMove();
  const shown = findContexts(contexts, words);
  const ids = shown.map(({ id }) => id);
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'netkeeper-context': String(key) })),
    onReorder: ({ keys, target }) => {
      if (target.dropPosition === 'on') return;
      move(new Set([...keys].map(String)), { id: String(target.key), position: target.dropPosition });
    },
    renderDropIndicator: (target) => <DropIndicator target={target} className={styles.dropLine ?? ''} />,
  });
  if (contexts.length === 0) return <p className={styles.muted}>{text.noContexts}</p>;
  return (
    <>
      <p className={styles.muted}>{text.contextsWhat}</p>
      {contexts.length > FEW && (
        <div className={styles.find}>
          <SearchField label={text.findContext} hint={text.findContextHint} value={words} change={setWords} />
        </div>
      )}
      <GridList
        className={styles.list ?? ''}
        aria-label={text.contexts}
        // What is typed into a row's fields is for them, not for the list.
        keyboardNavigationBehavior="tab"
        dragAndDropHooks={dragAndDropHooks}
        renderEmptyState={() => <p className={styles.muted}>{text.noneMatch}</p>}
      >
        {shown.map((context) => (
          <ContextRow
            key={context.id}
            context={context}
            isMuted={settings[context.id]?.isMuted === true}
            steps={STEPS.filter((step) => placeAfterStep(ids, context.id, step) !== undefined)}
            step={(step) => {
              const place = placeAfterStep(ids, context.id, step);
              if (place !== undefined) move(new Set([context.id]), place);
            }}
          />
        ))}
      </GridList>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </>
  );
}

const STEPS: readonly Step[] = ['up', 'down', 'first', 'last'];

/** Changes the order of all contexts, and says where the moved one is now. */
function useMove(): { move: (moved: ReadonlySet<string>, place: Place) => void; said: string } {
  const contexts = useWindowState((state) => state.contexts);
  const command = useCommand();
  const [said, setSaid] = useState('');
  const move = async (moved: ReadonlySet<string>, place: Place) => {
    const before = contexts.map(({ id }) => id);
    const order = moveTo(before, moved, place);
    if (order === before) return;
    const reply = await command('changeSettings', { order: [...order] });
    const context = contexts.find(({ id }) => moved.has(id));
    if (!reply.ok || context === undefined) return;
    const number = order.indexOf(context.id) + 1;
    setSaid(text.moved(spellOut(contextLabel(context)), number, order.length));
  };
  return { move: (moved, place) => void move(moved, place), said };
}
