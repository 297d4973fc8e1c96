import { Button } from '../components/Button.tsx';
import { Empty } from '../components/Empty.tsx';
import type { Mark } from '../components/Icon.tsx';
import type { Failure } from '../state/feed.ts';
import { useConnection, useWindowModel } from '../state/window.tsx';
import { strings } from '../strings.ts';

const FAILED: Mark = { shape: 'cross', tone: 'red' };
const text = strings.connection;

/** Before the first snapshot: it is on its way, or why it is not. */
export function NothingYet({ failure, retry }: { failure: Failure | undefined; retry: () => void }) {
  return (
    <main>
      <Reason failure={failure} retry={retry} />
    </main>
  );
}

function Reason({ failure, retry }: { failure: Failure | undefined; retry: () => void }) {
  const { status } = useConnection();
  const { connection } = useWindowModel().host;
  if (status === 'refused') return <Empty title={text.refused} what={text.refusedRemedy} mark={FAILED} />;
  if (status === 'waiting') {
    return (
      <Empty title={text.noAnswer} what={text.noAnswerRemedy} mark={FAILED}>
        <Button onPress={connection.retryNow}>{text.tryNow}</Button>
      </Empty>
    );
  }
  if (failure === undefined) return <Empty title={text.loading} mark={{ shape: 'arc', tone: 'accent' }} />;
  return (
    <Empty title={failure.message} what={failure.remedy} mark={FAILED}>
      <Button onPress={retry}>{strings.actions.retry}</Button>
    </Empty>
  );
}
