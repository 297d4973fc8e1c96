import { count } from '../guard/decision.ts';
import type { KeeperEvent, Phase } from '../keeper/events.ts';
import type { Colour } from './terminal.ts';
import { colour, padTo, printable } from './terminal.ts';

interface Look {
  readonly mark: string;
  readonly word: string;
  readonly tone: Colour;
}

const PHASES: Readonly<Record<Phase, Look>> = {
  off: { mark: '○', word: 'off', tone: 'quiet' },
  connecting: { mark: '…', word: 'connecting', tone: 'quiet' },
  syncing: { mark: '…', word: 'syncing', tone: 'quiet' },
  watching: { mark: '●', word: 'watching', tone: 'good' },
  reconnecting: { mark: '◌', word: 'reconnecting', tone: 'amber' },
  failed: { mark: '✗', word: 'failed', tone: 'red' },
};

const EVENTS: Readonly<Record<Exclude<KeeperEvent['event'], 'phase'>, Look>> = {
  synced: { mark: '●', word: 'watching', tone: 'good' },
  deleting: { mark: '⧗', word: 'deleting', tone: 'amber' },
  deleted: { mark: '−', word: 'deleted', tone: 'amber' },
  restored: { mark: '↩', word: 'restored', tone: 'accent' },
  asked: { mark: '?', word: 'asked', tone: 'amber' },
  letGo: { mark: '○', word: 'let go', tone: 'quiet' },
  stray: { mark: '~', word: 'stray', tone: 'quiet' },
  held: { mark: '‖', word: 'held', tone: 'amber' },
  failed: { mark: '✗', word: 'failed', tone: 'red' },
  missing: { mark: '!', word: 'missing', tone: 'red' },
};

const WORD_WIDTH = 14;
const WIDEST_CONTEXT = 40;

/** Writes events as lines for people: time, context, what, and a sentence; aligned, coloured on a terminal. */
export class EventText {
  readonly #stream: NodeJS.WriteStream;
  #contextWidth = 0;
  /** Contexts whose last line was `synced`: that they are watched now goes without saying. */
  readonly #justSynced = new Set<string>();

  /** @param contexts the names that lines will be about, for the width of their column; others widen it */
  constructor(stream: NodeJS.WriteStream, contexts: readonly string[]) {
    this.#stream = stream;
    for (const name of contexts) this.#makeRoomFor(printable(name));
  }

  write(event: KeeperEvent): void {
    const goesWithoutSaying = this.#justSynced.has(event.context) && isPlainWatching(event);
    this.#justSynced.delete(event.context);
    if (goesWithoutSaying) return;
    if (event.event === 'synced') this.#justSynced.add(event.context);
    const { mark, word, tone } = lookOf(event);
    const time = colour(this.#stream, 'quiet', localTime(event.time));
    const name = printable(event.context);
    this.#makeRoomFor(name);
    const context = padTo(name, this.#contextWidth);
    const state = colour(this.#stream, tone, padTo(`${mark} ${word}`, WORD_WIDTH));
    const line = `${time}  ${context}  ${state}  ${printable(sentenceOf(event))}`;
    this.#stream.write(`${line.trimEnd()}\n`);
  }

  #makeRoomFor(context: string): void {
    this.#contextWidth = Math.min(WIDEST_CONTEXT, Math.max(this.#contextWidth, context.length));
  }
}

function isPlainWatching(event: KeeperEvent): boolean {
  return event.event === 'phase' && event.phase === 'watching' && event.problem === undefined;
}

function lookOf(event: KeeperEvent): Look {
  if (event.event !== 'phase') return EVENTS[event.event];
  const look = PHASES[event.phase];
  // A cluster without the CRD is quiet, not broken.
  return event.problem?.code === 'noNadCrd' ? { mark: '○', word: 'waiting', tone: 'quiet' } : look;
}

function sentenceOf(event: KeeperEvent): string {
  switch (event.event) {
    case 'phase':
      return event.problem === undefined ? '' : `${event.problem.message} ${event.problem.remedy}`;
    case 'synced': {
      const use = `${count(event.pods, 'pod')} with ${count(event.attachments, 'attachment')}`;
      return `${count(event.networks, 'network')}, used by ${use}; read in ${event.tookMs.toLocaleString('en')} ms`;
    }
    case 'restored':
      return `${event.message}; took ${event.tookMs.toLocaleString('en')} ms`;
    default:
      return event.message;
  }
}

/** 14:03:07, in the machine's time zone. */
function localTime(time: string): string {
  return new Date(time).toTimeString().slice(0, 8);
}
