import { useState } from 'react';
import type { Settings } from '../../main/contract/settings.ts';
import { Bar } from '../components/Bar.tsx';
import { Button } from '../components/Button.tsx';
import { Foreign } from '../components/Foreign.tsx';
import { formatClock, joinSentences } from '../format.ts';
import type { Failure } from '../state/feed.ts';
import { useCommand, useConnection, useWindowModel, useWindowState } from '../state/window.tsx';
import { strings } from '../strings.ts';

/** What is so for the time being and concerns the whole window, the most urgent first. */
export function Bars(props: {
  failures: readonly Failure[];
  dismiss: (failure: Failure) => void;
  pausedUntil: Settings['pausedUntil'];
}) {
  return (
    <>
      <ConnectionBar />
      {props.failures.map((failure, index) => (
        <Bar
          // A failure has no identity but its place among the few that are shown.
          key={`${index.toString()}${failure.message}`}
          tone="red"
          shape="cross"
          dismiss={() => props.dismiss(failure)}
        >
          <Foreign text={joinSentences(failure.message, failure.remedy)} />
        </Bar>
      ))}
      {props.pausedUntil !== undefined && <PausedBar until={props.pausedUntil} />}
      <NoticeBars />
      <DemoBar />
    </>
  );
}

function ConnectionBar() {
  const state = useConnection();
  const { connection } = useWindowModel().host;
  if (state.status === 'open') return null;
  const text = strings.connection;
  if (state.status === 'refused') {
    return (
      <Bar tone="red" shape="cross">
        {`${text.refused}. ${text.refusedRemedy}`}
      </Bar>
    );
  }
  return (
    <Bar
      tone="amber"
      shape="dashedCircle"
      action={<Button onPress={connection.retryNow}>{text.tryNow}</Button>}
    >
      {text.lost}
    </Bar>
  );
}

function DemoBar() {
  const isDemo = useWindowState((state) => state.isDemo);
  if (!isDemo) return null;
  return (
    <Bar tone="muted" shape="play">
      {strings.empty.isDemo}
    </Bar>
  );
}

function PausedBar({ until }: { until: number | 'never' }) {
  const command = useCommand();
  const text = strings.pause;
  return (
    <Bar
      tone="amber"
      shape="bars"
      action={<Button onPress={() => void command('resume', {})}>{text.resume}</Button>}
    >
      {until === 'never' ? text.paused : text.pausedUntil(formatClock(until))}
    </Bar>
  );
}

/** Each is shown until it is dismissed; the main process has no need to know. */
function NoticeBars() {
  const notices = useWindowState((state) => state.notices);
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  return notices
    .filter(({ id }) => !dismissed.has(id))
    .map(({ id, message }) => (
      <Bar
        key={id}
        tone="muted"
        shape="warning"
        dismiss={() => setDismissed((before) => new Set([...before, id]))}
      >
        <Foreign text={message} />
      </Bar>
    ));
}
