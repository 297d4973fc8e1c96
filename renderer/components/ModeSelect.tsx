import type { ContextView } from '../../main/contract/contexts.ts';
import { modeSchema } from '../../main/contract/contexts.ts';
import { spellOut } from '../format.ts';
import { strings } from '../strings.ts';
import { contextLabel } from './ContextName.tsx';
import { Select } from './Select.tsx';
import { useModeChange } from './useModeChange.tsx';

const MODES = modeSchema.options.map((value) => ({
  value,
  label: strings.modes[value],
  what: strings.modeMeanings[value],
}));

/** What the user wants for a context; a protected one's changes only after a confirmation. */
export function ModeSelect({ context, look = 'quiet' }: { context: ContextView; look?: 'normal' | 'quiet' }) {
  const { setMode, dialog } = useModeChange(context);
  return (
    <>
      <Select
        look={look}
        label={strings.frame.mode(spellOut(contextLabel(context)))}
        choices={MODES}
        value={context.mode}
        choose={setMode}
      />
      {dialog}
    </>
  );
}
