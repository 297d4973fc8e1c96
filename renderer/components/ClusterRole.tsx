import { useState } from 'react';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import { strings } from '../strings.ts';
import { Chips } from './Chips.tsx';
import styles from './ClusterRole.module.css';
import { CommandLine } from './CommandLine.tsx';
import { CopyButton } from './CopyButton.tsx';
import { clusterRoleFor } from './cluster-role.ts';
import { TextBlock } from './TextBlock.tsx';

const text = strings.empty;
const REACHES = [
  { value: 'everywhere', label: text.everywhere },
  { value: 'one', label: text.oneNamespace },
] as const;

/** The rights to ask an administrator for, with the names filled in, to copy. */
export function ClusterRole() {
  const [user, setUser] = useState('');
  const [reach, setReach] = useState<'everywhere' | 'one'>('everywhere');
  const [namespace, setNamespace] = useState('');
  const isOne = reach === 'one';
  const yaml = clusterRoleFor({ user, namespace: isOne ? namespace : undefined });
  return (
    <div className={styles.role}>
      <p>{text.rightsWhat}</p>
      <div className={styles.names}>
        <Chips label={text.rightsFor} chips={REACHES} chosen={reach} choose={setReach} />
        {isOne && <Name label={text.namespace} value={namespace} change={setNamespace} />}
        <Name label={text.user} hint={text.userHint} value={user} change={setUser} />
        <span className={styles.copy}>
          <CopyButton text={yaml} />
        </span>
      </div>
      <TextBlock label={text.rights} text={yaml} />
      {isOne && (
        <>
          <p className={styles.after}>{text.namespaceWhat}</p>
          <CommandLine command={`netkeeper watch -n ${namespace.trim() || 'NAMESPACE'}`} />
        </>
      )}
    </div>
  );
}

function Name(props: { label: string; hint?: string; value: string; change: (value: string) => void }) {
  return (
    <TextField className={styles.name ?? ''} value={props.value} onChange={props.change}>
      <Label className={styles.label ?? ''}>{props.label}</Label>
      <Input className={styles.input ?? ''} placeholder={props.hint ?? ''} spellCheck={false} />
    </TextField>
  );
}
