import { formatAgo, formatExact } from '../format.ts';
import { useNow } from '../state/window.tsx';

/** How long ago, with the exact time on hover. */
export function Time({ atMs, className }: { atMs: number; className?: string | undefined }) {
  const now = useNow();
  return (
    <time className={className} dateTime={isoTime(atMs)} title={formatExact(atMs)}>
      {formatAgo(atMs, Math.max(now, atMs))}
    </time>
  );
}

function isoTime(atMs: number): string | undefined {
  return Number.isFinite(atMs) ? new Date(atMs).toISOString() : undefined;
}
