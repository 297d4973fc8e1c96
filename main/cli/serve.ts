import { homedir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from '../demo/demo.ts';
import { Readiness, tellStory } from '../demo/teller.ts';
import type { Sources } from '../keeper/demo-sources.ts';
import { demoSources } from '../keeper/demo-sources.ts';
import type { KeeperEvent } from '../keeper/events.ts';
import type { Service } from '../keeper/service.ts';
import { createService } from '../keeper/service.ts';
import { openBrowser } from '../web/browser.ts';
import { CannotServeError } from '../web/cannot-serve.ts';
import type { WebServer } from '../web/server.ts';
import { startWebServer } from '../web/server.ts';
import type { ServeFlags } from './arguments.ts';
import { narrator } from './demo.ts';
import { eventPrinter } from './event-printer.ts';
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
  const sources = await openOwnSources(flags, host, (message) => {
    host.warn(message);
    notices.push(message);
  });
  try {
    const served = await startServing(flags, host, { sources, contexts: [], onEvent: () => {} });
    for (const notice of notices) served.service.addNotice(notice);
    await served.untilStopped();
  } finally {
    sources.release();
  }
}

async function serveDemo(flags: ServeFlags, host: Host): Promise<void> {
  const demo = await startDemo();
  const end = new AbortController();
  try {
    const contexts = demo.contexts.map(({ name }) => name);
    const readiness = new Readiness(contexts);
    const sources = demoSources(demo.contexts);
    const onEvent = (event: KeeperEvent) => readiness.hear(event);
    const served = await startServing(flags, host, { sources, contexts, onEvent });
    const told = tellStory(demo.clusters, {
      clock: host.clock,
      ready: readiness.ready,
      signal: end.signal,
      narrate: narrator(flags.output, host),
      // Said again and again: the lines of what happens move the address out of sight.
      reminder: `The window is at ${served.url} and Ctrl-C ends it.`,
    });
    await served.untilStopped().finally(() => end.abort());
    await told;
  } finally {
    await demo.stop();
  }
}

interface Subject {
  readonly sources: Sources;
  /** Names that the first lines will be about. */
  readonly contexts: readonly string[];
  /** Hears of what is printed. */
  readonly onEvent: (event: KeeperEvent) => void;
}

interface Served {
  readonly service: Service;
  /** The window's address, which is a key. */
  readonly url: string;
  /** Resolves when somebody has ended it and all is on disk. */
  readonly untilStopped: () => Promise<void>;
}

/** Prints the address first, then everything that happens. */
async function startServing(
  flags: ServeFlags,
  host: Host,
  { sources, contexts, onEvent }: Subject,
): Promise<Served> {
  const { clock, env, userAgent } = host;
  const print = eventPrinter(host, flags.output, contexts);
  const service = createService({
    ...sources,
    namespaces: flags.namespaces,
    homeDirectory: homedir(),
    env,
    clock,
    random: Math.random,
    userAgent,
    version: VERSION,
    onEvent: (_, event) => {
      print(event);
      onEvent(event);
    },
    log: (message) => {
      if (flags.verbose) host.warn(message);
    },
  });
  const web = await startWebServer({ service, folder: WINDOW_FOLDER, port: flags.port, clock });
  // Listens before anything is told: who reads the address may send the signal right then.
  const stopped = host.stopRequested(new AbortController().signal);
  announce(web, flags, host);
  await service.start();
  if (flags.open) {
    openBrowser(web.makeOneTimeUrl(), env, host.platform, (reason) => {
      host.warn(`no browser was opened: ${reason}. Open the address yourself.`);
    });
  }
  return {
    service,
    url: web.url,
    async untilStopped() {
      await stopped;
      await web.close();
      sources.kubeconfig.stop();
      await service.stop();
      sources.journal.flush();
    },
  };
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
