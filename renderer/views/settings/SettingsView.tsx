import type { ReactNode } from 'react';
import { useEffect, useId, useRef } from 'react';
import { useFilter } from '../../state/view.tsx';
import { useWindowModel } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import { ContextList } from './ContextList.tsx';
import { Diagnostics } from './Diagnostics.tsx';
import { KubeconfigFiles } from './KubeconfigFiles.tsx';
import { NotificationSettings } from './NotificationSettings.tsx';
import { About, Appearance, DataFolder, Keeping, Start } from './Parts.tsx';
import styles from './SettingsView.module.css';

const text = strings.settings;

const SECTIONS = [
  'contexts',
  'files',
  'keeping',
  'notifications',
  'appearance',
  'start',
  'data',
  'diagnostics',
  'about',
] as const;
export type SettingsSection = (typeof SECTIONS)[number];

const CONTENTS: Readonly<Record<SettingsSection, () => ReactNode>> = {
  contexts: ContextList,
  files: KubeconfigFiles,
  keeping: Keeping,
  notifications: NotificationSettings,
  appearance: Appearance,
  start: Start,
  data: DataFolder,
  diagnostics: Diagnostics,
  about: About,
};

/** What the user can set; each change takes effect at once. */
export function SettingsView() {
  const { kind } = useWindowModel().host;
  const [chosen, choose] = useFilter('section');
  const root = useRef<HTMLElement>(null);
  // Only a desktop app starts with the session.
  const sections = SECTIONS.filter((section) => section !== 'start' || kind === 'desktop');
  const go = (section: string) => {
    const heading = root.current?.querySelector<HTMLElement>(`[data-section="${section}"] h2`);
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  };
  const chosenAtFirst = useRef(chosen);
  useEffect(() => {
    const section = SECTIONS.find((one) => one === chosenAtFirst.current);
    const heading = root.current?.querySelector(`[data-section="${section}"] h2`);
    // Lists of React Aria have their rows only in the frame after.
    const frame = requestAnimationFrame(() => heading?.scrollIntoView({ block: 'start' }));
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <section ref={root} className={styles.view} aria-label={text.title}>
      <div className={styles.page}>
        <nav className={styles.contents} aria-label={text.sections}>
          {sections.map((section) => (
            <button
              key={section}
              type="button"
              className={styles.link}
              onClick={() => {
                choose(section);
                go(section);
              }}
            >
              {text[section]}
            </button>
          ))}
        </nav>
        <div className={styles.sections}>
          {sections.map((section) => (
            <Section key={section} section={section} />
          ))}
        </div>
      </div>
    </section>
  );
}

function Section({ section }: { section: SettingsSection }) {
  const id = useId();
  const Content = CONTENTS[section];
  return (
    <section className={styles.section} data-section={section} aria-labelledby={id}>
      <h2 id={id} className={styles.title} tabIndex={-1}>
        {text[section]}
      </h2>
      <Content />
    </section>
  );
}
