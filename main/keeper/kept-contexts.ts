import { join } from 'node:path';
import type { KubeContext } from '../cluster/kubeconfig.ts';
import type { ContextView, Problem } from '../contract/contexts.ts';
import type { NetworkName, NetworkView } from '../contract/networks.ts';
import type { Settings } from '../contract/settings.ts';
import type { Policy } from '../guard/decision.ts';
import { DEFAULT_POLICY } from '../guard/decision.ts';
import type { KeptContextOptions, Wish } from './kept-context.ts';
import { KeptContext } from './kept-context.ts';
import type { NetworkChanges } from './network-views.ts';

const DAY_MS = 86_400_000;
/** After a sleep, so that thirty contexts do not all dial in the same breath. */
const RESUME_SPREAD_MS = 1_000;

export interface KeptContextsOptions extends Omit<KeptContextOptions, 'after'> {
  readonly homeDirectory: string;
}

/** All contexts of the kubeconfig, each on its own. */
export class KeptContexts {
  readonly #options: KeptContextsOptions;
  /** In the kubeconfig's order. */
  #contexts = new Map<string, KeptContext>();
  readonly #ending = new Map<string, Promise<void>>();
  /** Networks of contexts that have vanished. */
  readonly #gone: NetworkName[] = [];
  #isSuspended = false;

  constructor(options: KeptContextsOptions) {
    this.#options = options;
  }

  get(id: string): KeptContext | undefined {
    return this.#contexts.get(id);
  }

  all(): Iterable<KeptContext> {
    return this.#contexts.values();
  }

  /** Takes the kubeconfig's contexts as they are now. */
  replace(contexts: readonly KubeContext[], settings: Settings): void {
    const before = this.#contexts;
    this.#contexts = new Map(
      contexts.map((context) => [context.key, this.#keep(context, before.get(context.key), settings)]),
    );
    for (const [id, kept] of before) if (!this.#contexts.has(id)) this.#end(id, kept);
  }

  settingsChanged(settings: Settings): void {
    for (const kept of this.#contexts.values()) kept.change(kept.context, this.#wish(kept.context, settings));
  }

  suspend(): void {
    this.#isSuspended = true;
    for (const kept of this.#contexts.values()) kept.suspend();
  }

  resume(): void {
    this.#isSuspended = false;
    const { clock, random } = this.#options;
    for (const kept of this.#contexts.values()) clock.after(random() * RESUME_SPREAD_MS, () => kept.resume());
  }

  /** Ends them all; resolves when nothing is under way any more. */
  async end(): Promise<void> {
    for (const [id, kept] of this.#contexts) this.#end(id, kept);
    this.#contexts = new Map();
    await Promise.all(this.#ending.values());
  }

  /** What changed in the networks of all contexts since the last call. */
  networkChanges(): NetworkChanges {
    const changes = [...this.#contexts.values()].map((kept) => kept.networks.refresh(kept.session));
    return {
      changed: changes.flatMap(({ changed }) => changed),
      gone: [...this.#gone.splice(0), ...changes.flatMap(({ gone }) => gone)],
    };
  }

  networks(): NetworkView[] {
    return [...this.#contexts.values()].flatMap((kept) => [...kept.networks.all()]);
  }

  /** In the user's order, then in the kubeconfig's. */
  views({ order, contexts }: Settings): ContextView[] {
    const ids = new Set([...order, ...this.#contexts.keys()]);
    return [...ids].flatMap((id) => this.#contexts.get(id)?.view(contexts[id]) ?? []);
  }

  /** The files whose credential plugins the user has not allowed yet. */
  untrustedFiles({ user, files }: KubeContext, { trustedFiles }: Settings): string[] {
    if (user?.execPlugin === undefined) return [];
    const own = join(this.#options.homeDirectory, '.kube', 'config');
    return files.filter((file) => file !== own && !trustedFiles.includes(file));
  }

  #keep(context: KubeContext, kept: KeptContext | undefined, settings: Settings): KeptContext {
    const wish = this.#wish(context, settings);
    if (kept !== undefined) {
      kept.change(context, wish);
      return kept;
    }
    const after = this.#ending.get(context.key) ?? Promise.resolve();
    const fresh = new KeptContext(context, wish, { ...this.#options, after });
    if (this.#isSuspended) fresh.suspend();
    return fresh;
  }

  #end(id: string, kept: KeptContext): void {
    kept.networks.clear();
    this.#gone.push(...kept.networks.refresh(undefined).gone);
    const ended = kept.end().finally(() => {
      if (this.#ending.get(id) === ended) this.#ending.delete(id);
    });
    this.#ending.set(id, ended);
  }

  #wish(context: KubeContext, settings: Settings): Wish {
    const mode = settings.contexts[context.key]?.mode ?? 'off';
    const policy: Policy = {
      ...DEFAULT_POLICY,
      mode: mode === 'ask' ? 'ask' : 'restore',
      isPaused: isPaused(settings, this.#options.clock.now()),
      fightLimit: settings.fightLimit,
      oldCopyMs: settings.oldCopyDays * DAY_MS,
    };
    return { mode, policy, obstacle: explainUntrusted(context, this.untrustedFiles(context, settings)) };
  }
}

export function isPaused({ pausedUntil }: Settings, now: number): boolean {
  return pausedUntil === 'never' || (pausedUntil !== undefined && pausedUntil > now);
}

/** Whoever hands somebody a kubeconfig could have any command run by it. */
function explainUntrusted({ user }: KubeContext, files: readonly string[]): Problem | undefined {
  const command = user?.execPlugin?.command;
  if (command === undefined || files.length === 0) return undefined;
  return {
    code: 'untrustedPlugin',
    message: `${files.join(' and ')} wants to run the command "${command}" to get its credentials.`,
    remedy: 'Allow it if you know where the file comes from and expect it to run this command.',
  };
}
