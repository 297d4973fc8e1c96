import { useState } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Form } from 'react-aria-components/Form';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import { Button } from '../../components/Button.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import type { Mark } from '../../components/Icon.tsx';
import { Marked } from '../../components/Marked.tsx';
import { spellOut } from '../../format.ts';
import type { FileState, ListedFile } from '../../state/kubeconfig-files.ts';
import { listFiles, refusePath } from '../../state/kubeconfig-files.ts';
import { useCommand, useWindowState } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import fields from './Fields.module.css';
import styles from './KubeconfigFiles.module.css';

const text = strings.settings;
const MARKS: Readonly<Record<FileState, Mark>> = {
  read: { shape: 'check', tone: 'neutral' },
  partly: { shape: 'warning', tone: 'amber' },
  unreadable: { shape: 'cross', tone: 'red' },
  absent: { shape: 'hollowDot', tone: 'muted' },
  unknown: { shape: 'dots', tone: 'muted' },
};

/** The kubeconfig files: what was looked at and found, and which are read besides the user's own. */
export function KubeconfigFiles() {
  const found = useWindowState((state) => state.kubeconfigFiles);
  const wanted = useWindowState((state) => state.settings.kubeconfigFiles);
  const isDemo = useWindowState((state) => state.isDemo);
  const command = useCommand();
  const setFiles = (kubeconfigFiles: string[]) => command('changeSettings', { kubeconfigFiles });
  const files = listFiles(found, wanted);
  if (isDemo) return <p className={styles.muted}>{text.demoFiles}</p>;
  return (
    <>
      <p className={styles.muted}>{text.filesWhat}</p>
      {files.length === 0 && <p className={styles.none}>{text.noFiles}</p>}
      <ul className={styles.files} aria-label={text.files}>
        {files.map((file) => (
          <File
            key={`${file.source} ${file.file}`}
            file={file}
            remove={() => void setFiles(wanted.filter((one) => one !== file.file))}
          />
        ))}
      </ul>
      <AddFile wanted={wanted} add={async (file) => (await setFiles([...wanted, file])).ok} />
    </>
  );
}

function File({ file, remove }: { file: ListedFile; remove: () => void }) {
  return (
    <li className={styles.file}>
      <div className={styles.line}>
        <Foreign className={styles.path} text={file.file} />
        <span className={styles.source}>{file.source === 'own' ? text.own : text.added}</span>
        {file.source === 'added' && (
          <Button look="quiet" aria-label={text.removeFile(spellOut(file.file))} onPress={remove}>
            {strings.actions.remove}
          </Button>
        )}
      </div>
      <div className={styles.found}>
        <Marked mark={MARKS[file.state]}>{text.fileStates[file.state]}</Marked>
        {file.contexts > 0 && <span className={styles.muted}>{text.contextsFound(file.contexts)}</span>}
      </div>
      {file.isThere &&
        file.problems.map((problem) => (
          <p key={problem} className={styles.problem}>
            <Foreign text={problem} />
          </p>
        ))}
    </li>
  );
}

function AddFile(props: { wanted: readonly string[]; add: (file: string) => Promise<boolean> }) {
  const command = useCommand();
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const add = async () => {
    const file = typed.trim();
    if (file === '') return;
    const reason = refusePath(file, props.wanted);
    setError(reason && { isThere: text.fileIsThere, isRelative: text.fileIsRelative }[reason]);
    if (reason === undefined && (await props.add(file))) setTyped('');
  };
  return (
    <Form
      className={styles.add ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextField
        className={styles.typed ?? ''}
        value={typed}
        isInvalid={error !== undefined}
        validationBehavior="aria"
        onChange={(next) => {
          setTyped(next);
          setError(undefined);
        }}
      >
        <Label className={fields.label ?? ''}>{text.file}</Label>
        <Input className={fields.input ?? ''} placeholder={text.fileHint} spellCheck={false} />
        <FieldError className={styles.error ?? ''}>{error}</FieldError>
      </TextField>
      <Button type="submit" isDisabled={typed.trim() === ''}>
        {strings.actions.add}
      </Button>
      <Button onPress={() => void command('reloadKubeconfig', {})}>{strings.actions.lookAgain}</Button>
    </Form>
  );
}
