import { ApiError } from '../cluster/api.ts';
import { connect } from '../cluster/connection.ts';
import type { KubeContext } from '../cluster/kubeconfig.ts';
import type { NetworkUser } from '../guard/users.ts';
import type { ProblemCode } from '../keeper/events.ts';
import { explainError } from '../keeper/problems.ts';
import type { NetworkReport, UsageReport } from '../keeper/usage-report.ts';
import { readUsage } from '../keeper/usage-report.ts';
import type { ContextFlags } from './arguments.ts';
import { chooseContexts } from './contexts.ts';
import type { Host } from './host.ts';
import { writeUsageTable } from './usage-table.ts';

type Result =
  | { readonly context: string; readonly report: UsageReport }
  | { readonly context: string; readonly problem: ProblemCode; readonly message: string };

/** `netkeeper usage`: reads once, prints, ends. Gives the exit code: 1 if a context could not be read. */
export async function usage(flags: ContextFlags, host: Host): Promise<number> {
  const contexts = await chooseContexts(flags, host.env, host.warn);
  const namespaces = flags.namespaces.length === 0 ? [undefined] : flags.namespaces;
  const results = await Promise.all(contexts.map((context) => read(context, namespaces, host)));
  for (const result of results) {
    if ('problem' in result) host.warn(`${result.context}: ${result.message}`);
    else if (flags.output === 'json') writeJson(result.context, result.report, host);
    else writeUsageTable(result.context, result.report, host.stdout);
  }
  return results.some((result) => 'problem' in result && result.problem !== 'noNadCrd') ? 1 : 0;
}

async function read(
  context: KubeContext,
  namespaces: readonly (string | undefined)[],
  host: Host,
): Promise<Result> {
  const { userAgent, env, clock } = host;
  if (context.problem !== undefined) {
    return { context: context.name, problem: 'badKubeconfig', message: context.problem };
  }
  const connection = connect(context, { userAgent, env, clock });
  try {
    const report = await readUsage(connection, namespaces, new AbortController().signal);
    return { context: context.name, report };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { code, message, remedy } = explainError(error);
    return { context: context.name, problem: code, message: `${message} ${remedy}` };
  } finally {
    await connection.close();
  }
}

function writeJson(context: string, report: UsageReport, host: Host): void {
  const time = new Date(host.clock.now()).toISOString();
  for (const network of report.networks) {
    host.stdout.write(`${JSON.stringify({ time, event: 'network', context, ...toJson(network) })}\n`);
  }
  for (const { kind, namespace, name, problem } of report.misnamed) {
    const line = { time, event: 'badAnnotation', context, kind, namespace, name, message: problem };
    host.stdout.write(`${JSON.stringify(line)}\n`);
  }
}

function toJson({ namespace, name, state, description, pods, workloads }: NetworkReport) {
  const key = `${namespace}/${name}`;
  return {
    namespace,
    name,
    state,
    ...(description && { description: description.summary }),
    pods: pods.length,
    workloads: workloads.length,
    users: [...pods, ...workloads].map((user) => userToJson(user, key)),
  };
}

function userToJson({ kind, namespace, name, attachments }: NetworkUser, key: string) {
  const interfaces = attachments.flatMap((attachment) =>
    attachment.network === key && attachment.interface !== undefined ? [attachment.interface] : [],
  );
  return { kind, namespace, name, ...(interfaces.length > 0 && { interfaces }) };
}
