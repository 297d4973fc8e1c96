import { useMemo } from 'react';
import { spellOut } from '../../format.ts';
import { strings } from '../../strings.ts';
import styles from './ConfigChanges.module.css';
import type { Change, DiffLine, DiffPart } from './line-diff.ts';
import { diffLines, foldUnchanged } from './line-diff.ts';
import type { PrettyText } from './pretty-json.ts';
import { makePretty } from './pretty-json.ts';
import { Box, MOST_SHOWN_CHARACTERS, TextBlock } from './TextBlock.tsx';

const text = strings.detail;

/** Signs tell what colours tell; the words are for screen readers. */
const SIGNS: Readonly<Record<Change, string>> = { same: ' ', added: '+', removed: '−' };

/** What another network under the old name has that the old one had not, and the other way round. */
export function ConfigChanges(props: {
  before: string;
  now: string;
  /** What there is now, made pretty; undefined where it is not JSON. */
  pretty: PrettyText | undefined;
}) {
  const { before, now, pretty } = props;
  const old = useMemo(() => makePretty(before, MOST_SHOWN_CHARACTERS) ?? asItIs(before), [before]);
  const next = useMemo(() => pretty ?? asItIs(now), [pretty, now]);
  const parts = useMemo(
    () => (old.isCut || next.isCut ? undefined : compare(old.text, next.text)),
    [old, next],
  );
  if (before === now) return <p>{text.replacedSame}</p>;
  if (parts === undefined) {
    return (
      <>
        <p>{text.tooLong}</p>
        <h4 className={styles.title}>{text.before}</h4>
        <TextBlock label={text.before} {...old} />
        <h4 className={styles.title}>{text.now}</h4>
        <TextBlock label={text.now} {...next} />
      </>
    );
  }
  return (
    <>
      <p className={styles.what}>{text.replaced}</p>
      <Box label={text.diff}>
        {parts.map((part, index) => (
          <Part key={index.toString()} part={part} />
        ))}
      </Box>
    </>
  );
}

function Part({ part }: { part: DiffPart }) {
  if ('omitted' in part) return <span className={styles.omitted}>{text.omitted(part.omitted)}</span>;
  return part.lines.map((line, index) => <Line key={index.toString()} line={line} />);
}

function Line({ line: { change, text: line } }: { line: DiffLine }) {
  return (
    <span className={`${styles.line} ${styles[change]}`}>
      <span className={styles.sign} aria-hidden="true">
        {SIGNS[change]}
      </span>
      {change !== 'same' && <span className="visually-hidden">{`${text[change]}: `}</span>}
      <span className={styles.text}>{spellOut(line)}</span>
    </span>
  );
}

function asItIs(config: string): PrettyText {
  return { text: config, isCut: config.length > MOST_SHOWN_CHARACTERS };
}

function compare(before: string, now: string): readonly DiffPart[] | undefined {
  const lines = diffLines(before, now);
  return lines && foldUnchanged(lines);
}
