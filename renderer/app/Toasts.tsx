import { useEffect, useState } from 'react';
import type { JournalEntry } from '../../main/contract/journal.ts';
import { Button } from '../components/Button.tsx';
import type { Confirmation } from '../components/Dialog.tsx';
import { ConfirmDialog } from '../components/Dialog.tsx';
import { createToastQueue, ToastRegion } from '../components/ToastRegion.tsx';
import { useArrivals } from '../state/useArrivals.ts';
import { useView } from '../state/view.tsx';
import { useWindowState } from '../state/window.tsx';
import { strings } from '../strings.ts';
import { EntryActions, ToastText, ToastTitle } from './Toast.tsx';
import styles from './Toasts.module.css';
import type { ToastItem } from './toast-items.ts';
import { isNews, itemsAfter, summariseBurst } from './toast-items.ts';
import { useFocusOutside } from './useFocusOutside.ts';

/** Tells in the corner what just happened, with what a person can do about it. */
export function Toasts() {
  const { view } = useView().view;
  const showBurst = useShowBurst();
  const settings = useWindowState((state) => state.settings);
  const [queue] = useState(() => createToastQueue<ToastItem>());
  const [confirmation, setConfirmation] = useState<Confirmation>();
  const giveFocusBack = useFocusOutside();
  const isActivity = view === 'activity';
  useArrivals((arrived) => {
    if (isActivity || document.hidden) return;
    const news = arrived.filter((entry) => isNews(entry, settings));
    queue.show(itemsAfter(queue.shown(), news));
  });
  useEffect(() => {
    if (isActivity) queue.show([]);
  }, [queue, isActivity]);
  useEffect(() => {
    // The button that asked is gone with its toast.
    return confirmation === undefined ? undefined : giveFocusBack;
  }, [confirmation, giveFocusBack]);
  return (
    <>
      <ToastRegion
        queue={queue}
        label={strings.toasts.title}
        className={view === 'settings' ? undefined : styles.aboveLatest}
        title={(item) => <ToastTitle item={item} />}
        what={(item) => <ToastText item={item} />}
        actions={(item) =>
          item.about === 'entry' ? (
            <EntryActions entry={item.entry} close={() => queue.close(item)} ask={setConfirmation} />
          ) : (
            <Button onPress={() => showBurst(item.entries)}>{strings.toasts.show}</Button>
          )
        }
      />
      {confirmation !== undefined && (
        <ConfirmDialog confirmation={confirmation} close={() => setConfirmation(undefined)} />
      )}
    </>
  );
}

/** Shows in the activity what came at once. */
function useShowBurst(): (entries: readonly JournalEntry[]) => void {
  const { change } = useView();
  return (entries) => {
    const { event } = summariseBurst(entries);
    change({ do: 'choose', scope: 'all' });
    change({ do: 'open', view: 'activity' });
    change({ do: 'filter', filters: { event, 'event-words': undefined, from: undefined } });
  };
}
