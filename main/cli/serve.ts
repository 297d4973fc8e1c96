import { homedir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from '../demo/demo.ts';
import type { Sources } from '../keeper/demo-sources.ts';
import { demoSources } from '../keeper/demo-sources.ts';
import { createService } from '../keeper/service.ts';
import { openBrowser } from '../web/browser.ts';
import { CannotServeError } from '../web/cannot-serve.ts';
import type { WebServer } from '../web/server.ts';
import { startWebServer } from '../web/server.ts';
import type { ServeFlags } from './arguments.ts';
import { narrator, tellStory } from './demo.ts';
import type { Host } from './host.ts';
import { VERSION } from './host.ts';
import { openOwnSources } from './sources.ts';

/** The built window, beside the built command line. */
const WINDOW_FOLDER = join(import.meta.dirname, '..', 'renderer');

/** `netkeeper serve`: the loop and its window in a browser, until SIGINT or SIGTERM. Gives the exit code. */
export async function serve(flags: ServeFlags, host: Host): Promise<number> {
  try {
    if (flags.demo) await serveDemo(flags, host);
    else await serveOwn(flags, host);
    return 0;
  } catch (error) {
    if (!(error instanceof CannotServeError)) throw error;
    host.warn(error.message);
    return 1;
  }
}

async function serveOwn(flags: ServeFlags, host: Host): Promise<void> {
  const notices: string[] = [];
  const sources = await openOwnSources(flags, host, (message) => notices.push(message));
  await serveUntilStopped(flags, host, sources, notices);
}

async function serveDemo(flags: ServeFlags, host: Host): Promise<void> {
  const demo = await startDemo();
  const end = new AbortController();
  const told = tellStory(demo, host, narrator(flags, host), end.signal);
  try {
    await serveUntilStopped(flags, host, demoSources(demo.contexts), []);
  } finally {
    end.abort();
    await told;
    await demo.stop();
  }
}

/** @param notices what a person should see once in the window */
async function serveUntilStopped(
  flags: ServeFlags,
  host: Host,
  sources: Sources,
  notices: readonly string[],
): Promise<void> {
  const { clock, env, userAgent } = host;
  const service = createService({
    ...sources,
    homeDirectory: homedir(),
    env,
    clock,
    random: Math.random,
    userAgent,
    version: VERSION,
    log: (message) => {
      if (flags.verbose) host.warn(message);
    },
  });
  const web = await startWebServer({ service, folder: WINDOW_FOLDER, port: flags.port, clock });
  for (const notice of notices) service.addNotice(notice);
  // Listens before anything is told: who reads the address may send the signal right then.
  const stopped = host.stopRequested(new AbortController().signal);
  await service.start();
  announce(web, flags, host);
  if (flags.open) {
    openBrowser(web.makeOneTimeUrl(), env, host.platform, (reason) => {
      host.warn(`no browser was opened: ${reason}. Open the address yourself.`);
    });
  }
  await stopped;
  await web.close();
  sources.kubeconfig.stop();
  await service.stop();
  sources.journal.flush();
}

function announce({ url }: WebServer, { output }: ServeFlags, { stdout, clock }: Host): void {
  if (output === 'json') {
    stdout.write(`${JSON.stringify({ time: new Date(clock.now()).toISOString(), event: 'serving', url })}\n`);
    return;
  }
  stdout.write(`NetKeeper is at this address, for a browser on this machine:

  ${url}

The address is a key: whoever has it can do what you can do in the window. Ctrl-C ends NetKeeper.
`);
}
