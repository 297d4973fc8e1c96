import { spellOut } from '../format.ts';
import { useWindowState } from '../state/window.tsx';
import { strings } from '../strings.ts';

/** Says new entries to screen readers: one in its words, several as a count. */
export function Announcer() {
  const arrived = useWindowState((state) => state.arrived);
  const last = arrived.at(-1);
  return (
    <p className="visually-hidden" aria-live="polite">
      {arrived.length > 1 ? strings.frame.newEntries(arrived.length) : last && spellOut(last.message)}
    </p>
  );
}
