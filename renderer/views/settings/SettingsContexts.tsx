import { memo } from 'react';
import type { ContextView } from '../../../main/contract/contexts.ts';
import { COLOURS } from '../../../main/contract/contexts.ts';
import { ContextName, contextLabel } from '../../components/ContextName.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { Select } from '../../components/Select.tsx';
import { spellOut } from '../../format.ts';
import { useCommand, useWindowState } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import { CheckBox, CommittedInput } from './Fields.tsx';
import styles from './SettingsContexts.module.css';

const text = strings.settings;
const COLOUR_CHOICES = [
  { value: '', label: text.noColour },
  ...COLOURS.map((value) => ({ value, label: text.colours[value] })),
] as const;

/** How each context is shown, and whether it is protected. */
export function SettingsContexts() {
  const contexts = useWindowState((state) => state.contexts);
  const settings = useWindowState((state) => state.settings.contexts);
  if (contexts.length === 0) return <p>{text.noContexts}</p>;
  return (
    <ul>
      {contexts.map((context) => (
        <ContextSettings
          key={context.id}
          context={context}
          isMuted={settings[context.id]?.isMuted === true}
        />
      ))}
    </ul>
  );
}

const ContextSettings = memo(function ContextSettings({
  context,
  isMuted,
}: {
  context: ContextView;
  isMuted: boolean;
}) {
  const command = useCommand();
  const { id, label, colour, group } = context;
  const of = (field: string) => `${field}: ${spellOut(contextLabel(context))}`;
  const setLook = (change: Look) => {
    const look = Object.entries({ label, colour, group, ...change }).filter(([, value]) => value);
    void command('setContextLook', { context: id, look: Object.fromEntries(look) });
    return true;
  };
  return (
    <li className={styles.context}>
      <div className={styles.name}>
        <ContextName context={context} />
        <Foreign className={styles.server} text={context.server} />
      </div>
      <div className={styles.fields}>
        <CommittedInput
          className={styles.text}
          maxLength={100}
          aria-label={of(text.label)}
          placeholder={text.label}
          value={label ?? ''}
          commit={(typed) => setLook({ label: typed.trim() })}
        />
        <CommittedInput
          className={styles.text}
          maxLength={100}
          aria-label={of(text.group)}
          placeholder={text.group}
          value={group ?? ''}
          commit={(typed) => setLook({ group: typed.trim() })}
        />
        <Select
          label={of(text.colour)}
          choices={COLOUR_CHOICES}
          value={colour ?? ''}
          choose={(next) => setLook({ colour: next })}
        />
        <CheckBox
          label={text.isProtected}
          isOn={context.isProtected}
          change={(isProtected) => void command('setProtected', { context: id, isProtected })}
        />
        <CheckBox
          label={text.notify}
          isOn={!isMuted}
          change={(isWanted) => void command('setMuted', { context: id, isMuted: !isWanted })}
        />
      </div>
    </li>
  );
});

/** '' takes a part of the look away. */
interface Look {
  readonly label?: string;
  readonly group?: string;
  readonly colour?: (typeof COLOUR_CHOICES)[number]['value'];
}
