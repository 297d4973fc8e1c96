import { useState } from 'react';
import type { ContextView } from '../../main/contract/contexts.ts';
import type { Diagnosis } from '../../main/contract/diagnosis.ts';
import { useCommand } from '../state/window.tsx';

export type DiagnosisState =
  | { readonly status: 'none' }
  | { readonly status: 'running' }
  | { readonly status: 'done'; readonly diagnosis: Diagnosis };

/** Asks a cluster, step by step, what a watch needs. */
export function useDiagnosis({ id }: ContextView): readonly [DiagnosisState, () => void] {
  const command = useCommand();
  const [state, setState] = useState<DiagnosisState>({ status: 'none' });
  const run = async () => {
    setState({ status: 'running' });
    const reply = await command('diagnose', { context: id });
    setState(reply.ok ? { status: 'done', diagnosis: reply.value } : { status: 'none' });
  };
  return [state, () => void run()];
}
