import type { JournalEvent } from '../../../main/contract/journal.ts';
import { journalEventSchema } from '../../../main/contract/journal.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Menu } from '../../components/Menu.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { Select } from '../../components/Select.tsx';
import { saveFile } from '../../components/save-file.ts';
import { useFilter } from '../../state/view.tsx';
import { useCommand } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import styles from './ActivityBar.module.css';

const text = strings.activity;
const ALL = 'all';

const KINDS = [
  { value: ALL, label: text.allKinds },
  ...journalEventSchema.options.map((value) => ({ value, label: strings.events[value] })),
];

/** What narrows the activity, what undoes that, and the export of all of it. */
export function ActivityBar(props: {
  kind: JournalEvent | undefined;
  /** The chosen time in words. */
  range: string | undefined;
  /** undefined where nothing is narrowed. */
  showAll: (() => void) | undefined;
}) {
  const { kind, range, showAll } = props;
  const [words = '', setWords] = useFilter('event-words');
  const [, setEvent] = useFilter('event');
  const [, setFrom] = useFilter('from');
  return (
    <header className={styles.bar}>
      <div className={styles.filters}>
        <div className={styles.search}>
          <SearchField
            label={text.words}
            hint={text.wordsHint}
            value={words}
            change={(next) => setWords(next === '' ? undefined : next)}
          />
        </div>
        <Select
          label={text.kind}
          choices={KINDS}
          value={kind ?? ALL}
          choose={(next) => setEvent(next === ALL ? undefined : next)}
        />
        {range !== undefined && (
          <Button
            look="quiet"
            className={styles.range}
            aria-label={text.anyTime(range)}
            onPress={() => setFrom(undefined)}
          >
            {range}
            <Icon shape="cross" tone="muted" />
          </Button>
        )}
        {showAll !== undefined && (
          <Button look="quiet" onPress={showAll}>
            {text.showAll}
          </Button>
        )}
      </div>
      <ExportMenu />
    </header>
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
