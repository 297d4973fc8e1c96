import type { JournalEntry } from '../../main/contract/journal.ts';
import { Button } from '../components/Button.tsx';
import { ContextName, contextLabel } from '../components/ContextName.tsx';
import { confirmRestore, confirmUndo } from '../components/confirmations.ts';
import type { Confirmation } from '../components/Dialog.tsx';
import { Foreign } from '../components/Foreign.tsx';
import { EVENT_MARKS } from '../components/Icon.tsx';
import { Marked } from '../components/Marked.tsx';
import { spellOut } from '../format.ts';
import { actionsFor } from '../state/networks.ts';
import { useView } from '../state/view.tsx';
import { useCommand, useWindowModel, useWindowState } from '../state/window.tsx';
import { networkKey } from '../state/window-state.ts';
import { strings } from '../strings.ts';
import type { ToastItem } from './toast-items.ts';
import { summariseBurst } from './toast-items.ts';

const text = strings.toasts;

/** What happened as mark and word, and where. */
export function ToastTitle({ item }: { item: ToastItem }) {
  const summary = item.about === 'burst' ? summariseBurst(item.entries) : undefined;
  const event = item.about === 'entry' ? item.entry.event : summary?.mark;
  const [entry, ...more] = item.about === 'entry' ? [item.entry] : (summary?.contexts ?? []);
  return (
    <>
      {event !== undefined && <Marked mark={EVENT_MARKS[event]}>{strings.events[event]}</Marked>}
      {entry !== undefined && more.length === 0 && <Where entry={entry} />}
    </>
  );
}

function Where({ entry }: { entry: JournalEntry }) {
  const context = useWindowState(({ contexts }) => contexts.find(({ id }) => id === entry.context));
  if (context === undefined) return <Foreign text={entry.contextName} />;
  return <ContextName context={context} />;
}

/** The message, or how many networks what happened to, and on which cluster. */
export function ToastText({ item }: { item: ToastItem }) {
  if (item.about === 'entry') return <Foreign text={item.entry.message} />;
  return <BurstText entries={item.entries} />;
}

function BurstText({ entries }: { entries: readonly JournalEntry[] }) {
  const known = useWindowState((state) => state.contexts);
  const { event, networks, contexts } = summariseBurst(entries);
  const what = event === 'restored' ? text.broughtBack(networks) : text.several(entries.length);
  const [first, ...more] = contexts;
  if (first === undefined) return what;
  const context = known.find(({ id }) => id === first.context);
  const name = context === undefined ? first.contextName : contextLabel(context);
  return text.on(what, more.length > 0 ? text.contexts(contexts.length) : spellOut(name));
}

/** Undo of what NetKeeper did, Restore of what waits for a person, and Show. */
export function EntryActions(props: {
  entry: JournalEntry;
  close: () => void;
  /** Asks the person before something is done. */
  ask: (confirmation: Confirmation) => void;
}) {
  const { entry, close, ask } = props;
  const { change } = useView();
  const { showNetwork } = useWindowModel();
  const command = useCommand();
  const network = useWindowState((state) => state.networks.get(networkKey(entry)));
  const context = useWindowState(({ contexts }) => contexts.find(({ id }) => id === entry.context));
  const where = context === undefined ? entry.contextName : contextLabel(context);
  const target = { context: entry.context, namespace: entry.namespace, name: entry.name };
  const isThere = network?.state === 'inUse' || network?.state === 'unused';
  const show = () => {
    close();
    if (network === undefined) change({ do: 'showEntry', entry: entry.id });
    else showNetwork(target);
  };
  const askFor = (confirmation: Confirmation) => {
    close();
    ask(confirmation);
  };
  return (
    <>
      {network !== undefined && isThere && entry.event === 'restored' && entry.by === 'self' && (
        <Button
          onPress={() =>
            askFor(
              confirmUndo(
                network,
                where,
                () => void command('undoRestore', { ...target, isConfirmed: true }),
              ),
            )
          }
        >
          {strings.actions.undo}
        </Button>
      )}
      {network !== undefined && actionsFor(network.state).restore && entry.event !== 'restored' && (
        <Button
          onPress={() => askFor(confirmRestore(network, where, () => void command('restoreNetwork', target)))}
        >
          {strings.actions.restore}
        </Button>
      )}
      <Button onPress={show}>{text.show}</Button>
    </>
  );
}
