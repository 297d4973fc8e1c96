import type { ContextView } from '../../../main/contract/contexts.ts';
import { Button } from '../../components/Button.tsx';
import { useCommand } from '../../state/window.tsx';
import { strings } from '../../strings.ts';

/** The button that deals with a context's problem. */
export function ProblemButton({ context }: { context: ContextView }) {
  const command = useCommand();
  if (context.problem?.code === 'untrustedPlugin') {
    return (
      <Button look="primary" onPress={() => void command('trustPlugin', { context: context.id })}>
        {strings.networks.trust}
      </Button>
    );
  }
  return (
    <Button onPress={() => void command('retryContext', { context: context.id })}>
      {strings.actions.retry}
    </Button>
  );
}
