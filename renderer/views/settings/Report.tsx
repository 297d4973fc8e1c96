import { useId, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Icon } from '../../components/Icon.tsx';
import { saveFile } from '../../components/save-file.ts';
import { TextBlock } from '../../components/TextBlock.tsx';
import { useCommand } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import styles from './Report.module.css';

const text = strings.settings;

/** All that helps to find a fault, to copy or save, and to read before it is passed on. */
export function Report() {
  const command = useCommand();
  const [report, setReport] = useState<string>();
  const id = useId();
  const make = async () => {
    const reply = await command('troubleshootingReport', {});
    if (!reply.ok) return undefined;
    setReport(reply.value.text);
    return reply.value;
  };
  const save = async () => {
    const made = await make();
    if (made !== undefined) saveFile(made.fileName, made.text);
  };
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{text.report}</h3>
      <p className={styles.muted}>{text.reportWhat}</p>
      <div className={styles.buttons}>
        <CopyButton look="normal" label={text.copyReport} text={async () => (await make())?.text} />
        <Button onPress={() => void save()}>
          <Icon shape="download" />
          {text.saveReport}
        </Button>
      </div>
      {report !== undefined && (
        <div className={styles.report}>
          <TextBlock label={text.readReport} text={report} />
        </div>
      )}
    </section>
  );
}
