import type { ReactNode } from 'react';
import { NOTIFIED_EVENTS, settingsSchema } from '../../../main/contract/settings.ts';
import { Select } from '../../components/Select.tsx';
import { useCommand, useWindowModel, useWindowState } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import { CheckBox, NumberField } from './Fields.tsx';
import { KubeconfigFiles } from './KubeconfigFiles.tsx';
import { SettingsContexts } from './SettingsContexts.tsx';
import styles from './SettingsView.module.css';

const text = strings.settings;
const THEMES = settingsSchema.shape.theme
  .unwrap()
  .options.map((value) => ({ value, label: strings.themes[value] }));

/** What the user can set; each change takes effect at once. */
export function SettingsView() {
  const settings = useWindowState((state) => state.settings);
  const version = useWindowState((state) => state.version);
  const { kind } = useWindowModel().host;
  const command = useCommand();
  return (
    <section className={styles.view} aria-label={text.title}>
      <Group title={text.notifications}>
        <NotificationSettings />
      </Group>
      <Group title={text.keeping}>
        <NumberField
          label={text.fightLimit}
          unit={text.fightLimitUnit}
          least={1}
          most={20}
          value={settings.fightLimit}
          change={(fightLimit) => void command('changeSettings', { fightLimit })}
        />
        <NumberField
          label={text.oldCopyDays}
          unit={text.oldCopyDaysUnit}
          least={1}
          most={365}
          value={settings.oldCopyDays}
          change={(oldCopyDays) => void command('changeSettings', { oldCopyDays })}
        />
      </Group>
      <Group title={text.contexts}>
        <SettingsContexts />
      </Group>
      <Group title={text.files}>
        <KubeconfigFiles files={settings.kubeconfigFiles} />
      </Group>
      <Group title={text.appearance}>
        <div className={styles.field}>
          <span>{text.theme}</span>
          <Select
            label={text.theme}
            choices={THEMES}
            value={settings.theme}
            choose={(theme) => void command('changeSettings', { theme })}
          />
        </div>
      </Group>
      {kind === 'desktop' && (
        <Group title={text.start}>
          <CheckBox
            label={text.autostart}
            isOn={settings.autostart}
            change={(autostart) => void command('changeSettings', { autostart })}
          />
        </Group>
      )}
      <p className={styles.version}>{text.version(version)}</p>
    </section>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{title}</legend>
      {children}
    </fieldset>
  );
}

function NotificationSettings() {
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
      <p className={styles.muted}>{text.kinds}</p>
      {NOTIFIED_EVENTS.map((event) => (
        <CheckBox
          key={event}
          label={strings.notified[event]}
          isOn={!mutedEvents.includes(event)}
          isDisabled={!isOn}
          change={(isWanted) => void setMuted(event, !isWanted)}
        />
      ))}
    </>
  );
}
