import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { useCommand } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import fields from './Fields.module.css';
import styles from './KubeconfigFiles.module.css';

const text = strings.settings;

/** The kubeconfig files that are read besides the user's own. */
export function KubeconfigFiles({ files }: { files: readonly string[] }) {
  const command = useCommand();
  const [typed, setTyped] = useState('');
  const setFiles = (kubeconfigFiles: string[]) => command('changeSettings', { kubeconfigFiles });
  const add = async () => {
    const file = typed.trim();
    if (file === '' || files.includes(file)) return;
    const reply = await setFiles([...files, file]);
    if (reply.ok) setTyped('');
  };
  return (
    <>
      <p className={styles.muted}>{text.filesWhat}</p>
      {files.length === 0 ? (
        <p>{text.noFiles}</p>
      ) : (
        <ul>
          {files.map((file) => (
            <li key={file} className={styles.file}>
              <Foreign className={styles.path} text={file} />
              <Button
                look="quiet"
                aria-label={text.removeFile(file)}
                onPress={() => void setFiles(files.filter((one) => one !== file))}
              >
                {strings.actions.remove}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form
        className={styles.add}
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <input
          className={`${fields.input} ${styles.typed}`}
          aria-label={text.file}
          placeholder={text.file}
          spellCheck={false}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button type="submit" isDisabled={typed.trim() === ''}>
          {strings.actions.add}
        </Button>
        <Button onPress={() => void command('reloadKubeconfig', {})}>{strings.networks.lookAgain}</Button>
      </form>
    </>
  );
}
