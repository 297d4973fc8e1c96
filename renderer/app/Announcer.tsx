import { spellOut } from '../format.ts';
import { storiesOf } from '../state/stories.ts';
import { useWindowState } from '../state/window.tsx';
import { strings } from '../strings.ts';

/** Says new entries to screen readers: what came of one deletion in its words, several as a count. */
export function Announcer() {
  const arrived = useWindowState((state) => state.arrived);
  const stories = storiesOf(arrived.toReversed());
  const [newest] = stories;
  return (
    <p className="visually-hidden" aria-live="polite">
      {stories.length > 1
        ? strings.frame.newEntries(stories.length)
        : newest && spellOut(newest.entry.message)}
    </p>
  );
}
