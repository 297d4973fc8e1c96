import { NOTIFIED_EVENTS } from '../../../main/contract/settings.ts';
import { useCommand, useWindowState } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import { CheckBox } from './Fields.tsx';
import styles from './Parts.module.css';

const text = strings.settings;

/** Whether something pops up, and about what. */
export function NotificationSettings() {
  const { isOn, doNotDisturb, mutedEvents } = useWindowState((state) => state.settings.notifications);
  const command = useCommand();
  const change = (notifications: { isOn?: boolean; doNotDisturb?: boolean }) =>
    void command('changeSettings', { notifications });
  const setMuted = (event: (typeof NOTIFIED_EVENTS)[number], isMuted: boolean) => {
    const others = mutedEvents.filter((one) => one !== event);
    return command('changeSettings', {
      notifications: { mutedEvents: isMuted ? [...others, event] : others },
    });
  };
  return (
    <>
      <CheckBox label={text.notificationsOn} isOn={isOn} change={(next) => change({ isOn: next })} />
      <CheckBox
        label={text.doNotDisturb}
        what={text.doNotDisturbWhat}
        isOn={doNotDisturb}
        isDisabled={!isOn}
        change={(next) => change({ doNotDisturb: next })}
      />
      <fieldset className={styles.kinds}>
        <legend className={styles.muted}>{text.kinds}</legend>
        {NOTIFIED_EVENTS.map((event) => (
          <CheckBox
            key={event}
            label={strings.notified[event]}
            isOn={!mutedEvents.includes(event)}
            isDisabled={!isOn}
            change={(isWanted) => void setMuted(event, !isWanted)}
          />
        ))}
      </fieldset>
    </>
  );
}
