/** A host of the window without clusters: it makes changes at a steady pace, and batches them as the service does. */
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../main/cluster/clock.ts';
import type { Reply } from '../../../main/contract/commands.ts';
import type { ContextView } from '../../../main/contract/contexts.ts';
import type { JournalEntry } from '../../../main/contract/journal.ts';
import { type NetworkName, type NetworkView, networkNameSchema } from '../../../main/contract/networks.ts';
import type { Snapshot, WindowEvent } from '../../../main/contract/updates.ts';
import { UpdateFeed, type UpdateParts } from '../../../main/keeper/update-feed.ts';
import type { WindowService } from '../../../main/web/window-socket.ts';
import { makeDetail } from '../../support/window-fixtures.ts';
import { makeRestoredEntry, PROBE_NAME } from './fixture.ts';

/** How often changes are made up to what is due; updates go out ten times a second all the same. */
const TICK_MS = 10;
/** Leads through all networks before one comes again: it has no factor in common with their number. */
const STRIDE = 1_237;

export interface Pace {
  readonly changesPerSecond: number;
  readonly entriesPerSecond: number;
}

export class BenchHost implements WindowService {
  readonly #snapshot: Snapshot;
  readonly #networks: NetworkView[];
  readonly #contexts: Map<string, ContextView>;
  readonly #feed = new UpdateFeed({ clock: systemClock, collect: () => this.#collect(), log: console.error });
  readonly #changed = new Set<number>();
  readonly #probeIndex: number;
  #entries: JournalEntry[] = [];
  #unsent: JournalEntry[] = [];
  #next = 0;
  #areContextsChanged = false;
  /** How many snapshots were asked for: more than one by a window means that it fell behind. */
  snapshots = 0;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    this.#networks = [...snapshot.networks];
    this.#contexts = new Map(snapshot.contexts.map((context) => [context.id, context]));
    this.#entries = [...snapshot.journal];
    this.#probeIndex = this.#networks.findIndex(({ name }) => name === PROBE_NAME);
  }

  async invoke(name: string, args: unknown): Promise<Reply<unknown>> {
    switch (name) {
      case 'snapshot':
        return { ok: true, value: this.#takeSnapshot() };
      case 'networkDetail':
        return { ok: true, value: this.#detailOf(networkNameSchema.parse(args)) };
      default:
        return { ok: false, code: 'unknown', message: 'The benchmark does not play this.', remedy: '' };
    }
  }

  subscribe(listener: (event: WindowEvent) => unknown): () => void {
    return this.#feed.subscribe(listener);
  }

  stop(): void {
    this.#feed.stop();
  }

  /** Changes the probe's row so that it says `probe N.`. */
  probe(number: number): void {
    this.#change(this.#probeIndex, { summary: `probe ${number}.` });
    this.#feed.mark();
  }

  /** Makes changes until the signal aborts. */
  async play(pace: Pace, signal: AbortSignal): Promise<void> {
    const startedAt = performance.now();
    let changes = 0;
    let entries = 0;
    while (!signal.aborted) {
      const seconds = (performance.now() - startedAt) / 1_000;
      for (; changes < seconds * pace.changesPerSecond; changes += 1) this.#changeNext();
      for (; entries < seconds * pace.entriesPerSecond; entries += 1) this.#addEntry();
      this.#feed.mark();
      await sleep(TICK_MS);
    }
  }

  /** Mostly another number of pods; each tenth gains its first pod or loses its last; each tenth is another VLAN. */
  #changeNext(): void {
    this.#next += 1;
    const index = (this.#next * STRIDE) % this.#networks.length;
    const network = this.#networks[index];
    if (network === undefined || index === this.#probeIndex) return;
    switch (this.#next % 10) {
      case 0:
        this.#change(index, { summary: `bridge on br0, VLAN ${this.#next % 4_095}` });
        break;
      case 1:
        this.#flip(index, network);
        break;
      default:
        this.#change(index, { workloads: network.workloads + 1 });
    }
  }

  #flip(index: number, { context: id, state }: NetworkView): void {
    const isUsed = state === 'inUse';
    this.#change(index, isUsed ? { state: 'unused', pods: 0 } : { state: 'inUse', pods: 1 });
    const context = this.#contexts.get(id);
    if (context === undefined) return;
    this.#contexts.set(id, { ...context, inUse: context.inUse + (isUsed ? -1 : 1) });
    this.#areContextsChanged = true;
  }

  #change(index: number, parts: Partial<NetworkView>): void {
    const network = this.#networks[index];
    if (network === undefined) return;
    this.#networks[index] = { ...network, ...parts };
    this.#changed.add(index);
  }

  #addEntry(): void {
    const network = this.#networks[(this.#entries.length * STRIDE) % this.#networks.length];
    if (network === undefined) return;
    const entry = makeRestoredEntry((this.#entries[0]?.id ?? 0) + 1, network, 0);
    this.#entries = [entry, ...this.#entries];
    this.#unsent.push(entry);
  }

  #collect(): UpdateParts {
    const networks = [...this.#changed].flatMap((index) => this.#networks[index] ?? []);
    const parts = {
      ...(networks.length > 0 && { networks }),
      ...(this.#areContextsChanged && { contexts: [...this.#contexts.values()] }),
      ...(this.#unsent.length > 0 && { journal: this.#unsent }),
    };
    this.#changed.clear();
    this.#areContextsChanged = false;
    this.#unsent = [];
    return parts;
  }

  #takeSnapshot(): Snapshot {
    this.snapshots += 1;
    this.#feed.flush();
    return {
      ...this.#snapshot,
      sequence: this.#feed.sequence,
      contexts: [...this.#contexts.values()],
      networks: this.#networks,
      journal: this.#entries.slice(0, this.#snapshot.journal.length),
    };
  }

  #detailOf({ context, namespace, name }: NetworkName) {
    const network = this.#networks.find(
      (one) => one.context === context && one.namespace === namespace && one.name === name,
    );
    if (network === undefined) throw new Error('The window asks for a network that it was not told of.');
    return makeDetail(network, this.#entries);
  }
}
