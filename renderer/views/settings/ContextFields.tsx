import type { ReactNode } from 'react';
import type { ContextView } from '../../../main/contract/contexts.ts';
import { COLOURS } from '../../../main/contract/contexts.ts';
import { contextLabel } from '../../components/ContextName.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { ModeSelect } from '../../components/ModeSelect.tsx';
import { Select } from '../../components/Select.tsx';
import { spellOut } from '../../format.ts';
import { useCommand } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import styles from './ContextFields.module.css';
import { CheckBox, Labelled, TextField } from './Fields.tsx';

const text = strings.settings;
const COLOUR_CHOICES = [
  { value: '', label: text.noColour },
  ...COLOURS.map((value) => ({ value, label: text.colours[value] })),
] as const;

/** '' takes a part of the look away. */
interface Look {
  readonly label?: string;
  readonly group?: string;
  readonly colour?: (typeof COLOUR_CHOICES)[number]['value'];
}

/** How one context is shown, and how careful NetKeeper is with it. */
export function ContextFields({ context, isMuted }: { context: ContextView; isMuted: boolean }) {
  const command = useCommand();
  const { id, label, colour, group } = context;
  const setLook = async (change: Look) => {
    const look = Object.entries({ label, colour, group, ...change }).filter(([, value]) => value);
    const reply = await command('setContextLook', { context: id, look: Object.fromEntries(look) });
    return reply.ok;
  };
  return (
    <>
      <div className={styles.look}>
        <TextField
          className={styles.text}
          label={text.label}
          hint={spellOut(context.name)}
          value={label ?? ''}
          change={(next) => setLook({ label: next })}
        />
        <TextField
          className={styles.text}
          label={text.group}
          value={group ?? ''}
          change={(next) => setLook({ group: next })}
        />
        <Labelled label={text.mode}>
          <ModeSelect context={context} look="normal" />
        </Labelled>
        <Labelled label={text.colour}>
          <Select
            label={`${text.colour}: ${spellOut(contextLabel(context))}`}
            choices={COLOUR_CHOICES}
            value={colour ?? ''}
            choose={(next) => void setLook({ colour: next })}
          />
        </Labelled>
      </div>
      <CheckBox
        label={text.isProtected}
        what={text.isProtectedWhat}
        isOn={context.isProtected}
        change={(isProtected) => void command('setProtected', { context: id, isProtected })}
      />
      <CheckBox
        label={text.notify}
        what={text.notifyWhat}
        isOn={!isMuted}
        change={(isWanted) => void command('setMuted', { context: id, isMuted: !isWanted })}
      />
      <dl className={styles.facts}>
        <Fact term={text.named}>{context.name}</Fact>
        <Fact term={text.server}>{context.server}</Fact>
        <Fact term={text.inFile}>{context.file}</Fact>
      </dl>
    </>
  );
}

function Fact({ term, children }: { term: ReactNode; children: string }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>
        <Foreign text={children} />
      </dd>
    </>
  );
}
