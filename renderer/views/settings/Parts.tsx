import { settingsSchema } from '../../../main/contract/settings.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { Select } from '../../components/Select.tsx';
import { IS_MAC } from '../../platform.ts';
import { useCommand, useWindowState } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import { CheckBox, Labelled, NumberField } from './Fields.tsx';
import styles from './Parts.module.css';

const text = strings.settings;
const THEMES = settingsSchema.shape.theme
  .unwrap()
  .options.map((value) => ({ value, label: strings.themes[value] }));

/** When NetKeeper stops and asks. */
export function Keeping() {
  const { fightLimit, oldCopyDays } = useWindowState((state) => state.settings);
  const command = useCommand();
  return (
    <>
      <NumberField
        label={text.fightLimit}
        unit={text.fightLimitUnit}
        what={text.fightLimitWhat}
        least={1}
        most={20}
        value={fightLimit}
        change={(next) => void command('changeSettings', { fightLimit: next })}
      />
      <NumberField
        label={text.oldCopyDays}
        unit={text.oldCopyDaysUnit}
        what={text.oldCopyDaysWhat}
        least={1}
        most={365}
        value={oldCopyDays}
        change={(next) => void command('changeSettings', { oldCopyDays: next })}
      />
    </>
  );
}

export function Appearance() {
  const theme = useWindowState((state) => state.settings.theme);
  const command = useCommand();
  return (
    <>
      <Labelled label={text.theme}>
        <Select
          label={text.theme}
          choices={THEMES}
          value={theme}
          choose={(next) => void command('changeSettings', { theme: next })}
        />
      </Labelled>
      <p className={styles.note}>{IS_MAC ? text.zoomMac : text.zoom}</p>
    </>
  );
}

export function Start() {
  const autostart = useWindowState((state) => state.settings.autostart);
  const command = useCommand();
  return (
    <CheckBox
      label={text.autostart}
      what={text.autostartWhat}
      isOn={autostart}
      change={(next) => void command('changeSettings', { autostart: next })}
    />
  );
}

export function DataFolder() {
  const folder = useWindowState((state) => state.dataFolder);
  if (folder === undefined) {
    return (
      <>
        <p>{text.noData}</p>
        <p className={styles.muted}>{text.noDataWhat}</p>
      </>
    );
  }
  return (
    <>
      <p className={styles.muted}>{text.dataWhat}</p>
      <div className={styles.folder}>
        <Foreign className={styles.path} text={folder} />
        <CopyButton text={folder} />
      </div>
    </>
  );
}

export function About() {
  const version = useWindowState((state) => state.version);
  return (
    <>
      <p>{text.version(version)}</p>
      <p className={styles.muted}>{text.aboutWhat}</p>
      <p className={styles.muted}>{text.network}</p>
      <p className={styles.muted}>{text.licence}</p>
    </>
  );
}
