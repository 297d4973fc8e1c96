import { useMemo, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { formatDay } from '../../format.ts';
import { newestEntries } from '../../state/networks.ts';
import type { Story } from '../../state/stories.ts';
import { useNow, useWindowState } from '../../state/window.tsx';
import { networkKey } from '../../state/window-state.ts';
import { strings } from '../../strings.ts';
import styles from './Timeline.module.css';
import { TimelineEntry } from './TimelineEntry.tsx';

const text = strings.activity;
/** As many as are drawn at once. */
const PAGE_STORIES = 100;

/** Stories by day, the newest first: a page of them from the top or around the one to point out, and more when asked. */
export function Timeline(props: {
  stories: readonly Story[];
  /** The entry to point out. */
  pointedOut: number | undefined;
  /** Nothing older is still to come. */
  isAll: boolean;
}) {
  const { stories, pointedOut, isAll } = props;
  const [pages, setPages] = useState(1);
  const [isFromTop, setFromTop] = useState(false);
  const place = pointedOut === undefined ? -1 : stories.findIndex((story) => isAbout(story, pointedOut));
  const start = isFromTop || place < PAGE_STORIES ? 0 : place - PAGE_STORIES / 2;
  const end = Math.max(start, place - PAGE_STORIES / 2) + pages * PAGE_STORIES;
  const now = useNow();
  const days = useMemo(() => groupByDay(stories.slice(start, end), now), [stories, start, end, now]);
  const newest = useNewest();
  const isMore = stories.length > end;
  return (
    <>
      {start > 0 && (
        <p className={styles.end}>
          <Button onPress={() => setFromTop(true)}>{text.newer}</Button>
        </p>
      )}
      {days.map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <h2 className={styles.day}>{day}</h2>
          <ol>
            {ofDay.map((story) => (
              <TimelineEntry
                key={story.entry.id}
                story={story}
                isToday={day === strings.time.today}
                isNewest={newest.get(networkKey(story.entry))?.id === story.entry.id}
                isPointedOut={pointedOut !== undefined && isAbout(story, pointedOut)}
              />
            ))}
          </ol>
        </section>
      ))}
      <p className={styles.end}>
        {isMore && <Button onPress={() => setPages(pages + 1)}>{text.more}</Button>}
        {isMore && text.shown(end - start, stories.length)}
        {!isMore && isAll && text.noOlder}
      </p>
    </>
  );
}

function useNewest() {
  const journal = useWindowState((state) => state.journal);
  return useMemo(() => newestEntries(journal), [journal]);
}

function isAbout({ entry, before }: Story, id: number): boolean {
  return entry.id === id || before.some((one) => one.id === id);
}

function groupByDay(stories: readonly Story[], nowMs: number) {
  return [...Map.groupBy(stories, ({ entry }) => formatDay(Date.parse(entry.time), nowMs))];
}
