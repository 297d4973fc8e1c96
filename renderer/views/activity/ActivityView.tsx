import { useMemo, useState } from 'react';
import type { JournalEntry, JournalEvent } from '../../../main/contract/journal.ts';
import { journalEventSchema } from '../../../main/contract/journal.ts';
import { Button } from '../../components/Button.tsx';
import { Chips } from '../../components/Chips.tsx';
import { Empty } from '../../components/Empty.tsx';
import { EVENT_MARKS } from '../../components/Icon.tsx';
import { Menu } from '../../components/Menu.tsx';
import { formatDay } from '../../format.ts';
import { useScope, useView } from '../../state/view.tsx';
import { useCommand, useNow, useWindowModel, useWindowState } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import styles from './ActivityView.module.css';
import { EntryList } from './EntryList.tsx';

const PAGE_ENTRIES = 200;
const text = strings.activity;

const CHIPS = [
  { value: undefined, label: text.all },
  ...journalEventSchema.options.map((value) => ({
    value,
    label: strings.events[value],
    mark: EVENT_MARKS[value],
  })),
];

/** What happened, and why: the newest first, by day. */
export function ActivityView() {
  const { entry: pointedOut } = useView().view;
  const { isAll, contexts } = useScope();
  const journal = useWindowState((state) => state.journal);
  const [kind, setKind] = useState<JournalEvent>();
  const entries = useMemo(
    () =>
      journal.filter(
        (entry) =>
          (isAll || contexts.some(({ id }) => id === entry.context)) &&
          (kind === undefined || entry.event === kind),
      ),
    [journal, isAll, contexts, kind],
  );
  return (
    <div className={styles.view}>
      <header className={styles.header}>
        <Chips label={text.byKind} chips={CHIPS} chosen={kind} choose={setKind} />
        <ExportMenu />
      </header>
      <section className={styles.scroller} aria-label={text.title}>
        {entries.length === 0 ? (
          <NoEntries isFiltered={kind !== undefined} showAll={() => setKind(undefined)} />
        ) : (
          <Days entries={entries} pointedOut={pointedOut} />
        )}
        {journal.length > 0 && <OlderEntries last={journal.at(-1)} />}
      </section>
    </div>
  );
}

function Days({ entries, pointedOut }: { entries: readonly JournalEntry[]; pointedOut: number | undefined }) {
  const { showNetwork } = useWindowModel();
  const now = useNow();
  const days = useMemo(() => groupByDay(entries, now), [entries, now]);
  return days.map(([day, ofDay]) => (
    <section key={day} aria-label={day}>
      <h2 className={styles.day}>{day}</h2>
      <EntryList entries={ofDay} look="full" pointedOut={pointedOut} show={showNetwork} />
    </section>
  ));
}

function groupByDay(entries: readonly JournalEntry[], nowMs: number) {
  const days = new Map<string, JournalEntry[]>();
  for (const entry of entries) {
    const day = formatDay(Date.parse(entry.time), nowMs);
    const ofDay = days.get(day);
    if (ofDay === undefined) days.set(day, [entry]);
    else ofDay.push(entry);
  }
  return [...days];
}

function NoEntries({ isFiltered, showAll }: { isFiltered: boolean; showAll: () => void }) {
  if (!isFiltered) return <Empty title={text.none} what={text.noneWhat} />;
  return (
    <Empty title={text.noneMatch} what={text.noneMatchWhat}>
      <Button onPress={showAll}>{text.showAll}</Button>
    </Empty>
  );
}

function OlderEntries({ last }: { last: JournalEntry | undefined }) {
  const command = useCommand();
  const { feed } = useWindowModel();
  const [isLoading, setLoading] = useState(false);
  const [isAll, setAll] = useState(false);
  if (last === undefined || isAll) return <p className={styles.end}>{text.noOlder}</p>;
  const load = async () => {
    setLoading(true);
    const reply = await command('journal', { before: last.id, limit: PAGE_ENTRIES });
    setLoading(false);
    if (!reply.ok) return;
    feed.addOlderEntries(reply.value);
    setAll(reply.value.length < PAGE_ENTRIES);
  };
  return (
    <p className={styles.end}>
      <Button isDisabled={isLoading} onPress={() => void load()}>
        {text.older}
      </Button>
    </p>
  );
}

function ExportMenu() {
  const command = useCommand();
  const exportAs = async (format: 'json' | 'csv') => {
    const reply = await command('exportJournal', { format });
    if (reply.ok) saveFile(reply.value.fileName, reply.value.text);
  };
  return (
    <Menu
      label={text.export}
      items={[
        { label: text.exportJson, choose: () => void exportAs('json') },
        { label: text.exportCsv, choose: () => void exportAs('csv') },
      ]}
    >
      {text.export}
    </Menu>
  );
}

/** Has the browser save a text as a file. */
function saveFile(fileName: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
