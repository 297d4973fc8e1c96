import { useId, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { GridListItem } from 'react-aria-components/GridList';
import type { ContextView } from '../../../main/contract/contexts.ts';
import { Button } from '../../components/Button.tsx';
import { ContextName, contextLabel } from '../../components/ContextName.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Menu } from '../../components/Menu.tsx';
import { spellOut } from '../../format.ts';
import { strings } from '../../strings.ts';
import { ContextFields } from './ContextFields.tsx';
import styles from './ContextRow.module.css';
import type { Step } from './order.ts';

const text = strings.settings;
const STEP_WORDS: Readonly<Record<Step, string>> = {
  up: text.moveUp,
  down: text.moveDown,
  first: text.moveFirst,
  last: text.moveLast,
};

/** A context on one line; opens to what can be set. */
export function ContextRow(props: {
  context: ContextView;
  isMuted: boolean;
  /** Where it can be moved to. */
  steps: readonly Step[];
  step: (step: Step) => void;
}) {
  const { context, isMuted, steps, step } = props;
  const [isOpen, setOpen] = useState(false);
  const fieldsId = useId();
  const name = spellOut(contextLabel(context));
  return (
    <GridListItem id={context.id} textValue={name} className={`${styles.row} ${isOpen ? styles.open : ''}`}>
      <div className={styles.line}>
        <AriaButton slot="drag" className={styles.grip ?? ''} aria-label={text.drag(name)}>
          <Icon shape="grip" tone="muted" />
        </AriaButton>
        <Button
          look="quiet"
          className={styles.name}
          aria-label={text.showFields(name)}
          aria-expanded={isOpen}
          {...(isOpen && { 'aria-controls': fieldsId })}
          onPress={() => setOpen(!isOpen)}
        >
          <Icon shape={isOpen ? 'chevron' : 'chevronRight'} tone="muted" />
          <ContextName context={context} />
        </Button>
        <span className={styles.rest}>
          {context.group !== undefined && <Foreign className={styles.group} text={context.group} />}
          {isMuted && (
            <span className={styles.bell} title={text.muted}>
              <Icon shape="bellOff" tone="muted" />
              <span className="visually-hidden">{text.muted}</span>
            </span>
          )}
        </span>
        <span className={styles.mode}>{strings.modes[context.mode]}</span>
        <Menu
          look="quiet"
          label={text.move(name)}
          isDisabled={steps.length === 0}
          items={steps.map((one) => ({ label: STEP_WORDS[one], choose: () => step(one) }))}
        >
          <Icon shape="order" />
        </Menu>
      </div>
      {isOpen && (
        <div id={fieldsId} className={styles.fields}>
          <ContextFields context={context} isMuted={isMuted} />
        </div>
      )}
    </GridListItem>
  );
}
