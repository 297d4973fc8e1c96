import type { KubeconfigFile } from '../../../main/contract/updates.ts';
import { Button } from '../../components/Button.tsx';
import { CommandLine } from '../../components/CommandLine.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import type { Mark } from '../../components/Icon.tsx';
import { Icon } from '../../components/Icon.tsx';
import type { NoContextsReason } from '../../state/kubeconfig-files.ts';
import { whyNoContexts } from '../../state/kubeconfig-files.ts';
import { useOpenSettings } from '../../state/view.tsx';
import { useCommand, useWindowState } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import styles from './NoContexts.module.css';

const text = strings.empty;
const UNREADABLE: Mark = { shape: 'cross', tone: 'red' };

/** Before there is any cluster: what was looked for and found, and how to see the program at work all the same. */
export function NoContexts() {
  const found = useWindowState((state) => state.kubeconfigFiles);
  const openSettings = useOpenSettings();
  const command = useCommand();
  const reason = whyNoContexts(found);
  const { title, what } = explain(reason);
  const files = reason.kind === 'none' ? found : reason.files;
  return (
    <>
      <Empty title={title} what={what} {...(reason.kind === 'unreadable' && { mark: UNREADABLE })}>
        {files.length > 0 && (
          <div className={styles.files}>
            {reason.kind === 'none' && <p className={styles.muted}>{text.lookedAt}</p>}
            <ul>
              {files.map((file) => (
                <File key={`${file.source} ${file.file}`} file={file} />
              ))}
            </ul>
          </div>
        )}
        <Button look="primary" onPress={() => openSettings('files')}>
          {text.addFile}
        </Button>
        <Button onPress={() => void command('reloadKubeconfig', {})}>{strings.actions.lookAgain}</Button>
      </Empty>
      <DemoOffer />
    </>
  );
}

function explain(reason: NoContextsReason): { readonly title: string; readonly what: string } {
  switch (reason.kind) {
    case 'none':
      return { title: text.noKubeconfig, what: text.noKubeconfigWhat };
    case 'empty':
      return { title: text.noContexts, what: text.noContextsWhat };
    case 'unreadable':
      return { title: text.unreadable(reason.files.length), what: text.unreadableWhat };
  }
}

function File({ file: { file, isThere, problems } }: { file: KubeconfigFile }) {
  return (
    <li>
      <Foreign className={styles.path} text={file} />
      {isThere &&
        problems.map((problem) => (
          <p key={problem} className={styles.problem}>
            <Icon shape="cross" tone="red" />
            <Foreign text={problem} />
          </p>
        ))}
    </li>
  );
}

function DemoOffer() {
  return (
    <section className={styles.demo}>
      <h2 className={styles.title}>{text.demo}</h2>
      <p className={styles.muted}>{text.demoWhat}</p>
      <div className={styles.command}>
        <CommandLine command={text.demoCommand} />
      </div>
    </section>
  );
}
