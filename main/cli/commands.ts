import type { Command } from './arguments.ts';
import { parseCommand, UsageError } from './arguments.ts';
import { NoContextError } from './contexts.ts';
import { helpText } from './help.ts';
import type { Host } from './host.ts';
import { hostOf, VERSION } from './host.ts';

const DONE = 0;
const FAILED = 1;
const BAD_USAGE = 2;

/** Runs one command line to its end and gives its exit code. Never rejects. */
export async function runCommand(args: readonly string[], process: NodeJS.Process): Promise<number> {
  const host = hostOf(process);
  try {
    return await run(parseCommand(args), host);
  } catch (error) {
    if (error instanceof UsageError) {
      host.warn(`${error.message} See netkeeper --help.`);
      return BAD_USAGE;
    }
    if (error instanceof NoContextError) host.warn(error.message);
    else host.warn(`this should not have happened: ${error instanceof Error ? error.stack : String(error)}`);
    return FAILED;
  }
}

/** Commands are loaded when they run: --help need not read the Kubernetes client. */
async function run(command: Command, host: Host): Promise<number> {
  switch (command.name) {
    case 'help':
      host.stdout.write(helpText(command.about));
      return DONE;
    case 'version':
      host.stdout.write(`${VERSION}\n`);
      return DONE;
    case 'watch':
      return (await import('./watch.ts')).watch(command.flags, host);
    case 'serve':
      return (await import('./serve.ts')).serve(command.flags, host);
    case 'usage':
      return (await import('./usage.ts')).usage(command.flags, host);
    case 'doctor':
      return (await import('./doctor.ts')).doctor(command.flags, host);
    case 'demo':
      return (await import('./demo.ts')).demo(command.flags, host);
  }
}
