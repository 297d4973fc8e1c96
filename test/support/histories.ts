/**
 * Plays a history (history-steps.ts) on an in-memory API server and a keeper, and throws where the keeper did what it
 * may not, or did not what it must (history-ledger.ts).
 *
 *     await playHistory(history, folder);          // the folder is the caller's to remove
 */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiServer, startApiServer } from '../../main/demo/api-server/server.ts';
import { FakeClock } from './fake-clock.ts';
import { HistoryCluster } from './history-cluster.ts';
import { copyDisk, readDisk } from './history-disk.ts';
import { type Content, Ledger } from './history-ledger.ts';
import type { History, Step } from './history-steps.ts';
import { type KeeperUnderTest, startKeeper } from './keeper-harness.ts';

/** Longer than a watch may be silent, and than a refused create waits. */
const HEALING_MS = 80_000;
/** At the end all must come right within this time. */
const LAST_CHANCE_MS = 240_000;

export async function playHistory({ mode, steps }: History, folder: string): Promise<void> {
  const server = await startApiServer();
  const stage = new HistoryStage(server, mkdtempSync(join(folder, 'disk-')));
  try {
    stage.startKeeper(mode);
    for (const step of steps) await stage.play(step);
    await stage.finish(mode);
  } finally {
    await stage.end();
  }
}

class HistoryStage {
  readonly #server: ApiServer;
  readonly #clock = new FakeClock();
  readonly #ledger: Ledger;
  readonly #cluster: HistoryCluster;
  readonly #folder: string;
  #lives = 0;
  #keeper: KeeperUnderTest | undefined;
  #toldEvents = 0;

  constructor(server: ApiServer, folder: string) {
    this.#server = server;
    this.#folder = folder;
    this.#ledger = new Ledger(
      server,
      () => this.#clock.now(),
      () => this.#hearEvents(),
    );
    this.#cluster = new HistoryCluster(server, this.#ledger);
  }

  async play(step: Step): Promise<void> {
    const deletionsDone = this.#ledger.beforeDeletion();
    this.#cluster.change(step);
    deletionsDone();
    this.#ledger.observe();
    await this.#changeKeeper(step);
    this.#check();
  }

  startKeeper(mode: 'restore' | 'ask', onDisk?: ReadonlyMap<string, Content>): void {
    this.#ledger.begin(mode, onDisk);
    this.#keeper = startKeeper(this.#server, {
      clock: this.#clock,
      stateDirectory: this.#stateDirectory,
      policy: { mode },
    });
    this.#toldEvents = 0;
  }

  /** All troubles end; then what must be there has its time to come. */
  async finish(mode: 'restore' | 'ask'): Promise<void> {
    await this.play({ does: 'start', mode });
    await this.play({ does: 'heal' });
    const until = this.#clock.now() + LAST_CHANCE_MS;
    while (this.#ledger.missing().length > 0 && this.#clock.now() < until) {
      await this.#keeper?.passes(1_000);
      this.#check();
    }
    const missing = this.#ledger.missing();
    if (missing.length > 0) throw new Error(missing.join('; '));
  }

  async end(): Promise<void> {
    await this.#keeper?.stop();
    await this.#server.close();
  }

  get #stateDirectory(): string {
    return join(this.#folder, String(this.#lives));
  }

  #check(): void {
    this.#hearEvents();
    this.#ledger.check();
    this.#ledger.observe();
  }

  #hearEvents(): void {
    const events = this.#keeper?.events ?? [];
    for (const event of events.slice(this.#toldEvents)) this.#ledger.told(event);
    this.#toldEvents = events.length;
  }

  async #changeKeeper(step: Step): Promise<void> {
    switch (step.does) {
      case 'stop':
        await this.#keeper?.stop();
        this.#keeper = undefined;
        return;
      case 'kill':
        await this.#kill();
        return;
      case 'start':
        if (this.#keeper === undefined) this.startKeeper(step.mode);
        return;
      case 'pass':
        if (this.#keeper === undefined) this.#clock.advance(step.ms);
        else await this.#keeper.passes(step.ms);
        return;
      case 'heal':
        this.#server.clearFaults();
        if (this.#cluster.isTroubled) await this.#keeper?.passes(HEALING_MS);
        this.#cluster.isTroubled = false;
        await this.#settle();
        return;
      case 'settle':
        await this.#settle();
        return;
      default:
    }
  }

  async #settle(): Promise<void> {
    await this.#keeper?.settles();
    if (this.#keeper?.phase !== 'watching' || this.#cluster.isTroubled) return;
    this.#check();
    this.#ledger.synced();
  }

  /** The next life finds the disk as it was at this moment. */
  async #kill(): Promise<void> {
    const keeper = this.#keeper;
    if (keeper === undefined) return;
    this.#check();
    const before = this.#stateDirectory;
    this.#lives += 1;
    copyDisk(before, this.#stateDirectory);
    const { mode } = this.#ledger.life;
    await keeper.kill();
    // What it sent before it was killed arrives in the old life.
    await keeper.settles();
    this.#check();
    this.startKeeper(mode, await readDisk(this.#stateDirectory));
  }
}
