/** Opens one network of a scripted window, with whatever details a test likes. */
import type { Page } from 'playwright-core';
import type { NetworkDetail, NetworkView } from '../../main/contract/networks.ts';
import { networkNameSchema } from '../../main/contract/networks.ts';
import type { Snapshot } from '../../main/contract/updates.ts';
import { makeDetail, makeNetwork } from './window-fixtures.ts';
import { makeGoodDay } from './window-good-day.ts';
import { contextButton, details, row } from './window-page.ts';
import type { Shown, ShownService, ShowOptions, Stage } from './window-stage.ts';

export interface OpenOptions extends ShowOptions {
  readonly snapshot?: Snapshot;
  /** Of the detail, in place of the usual ones. */
  readonly parts?: Partial<NetworkDetail>;
  /** The context to look at first; all, if not given. */
  readonly choose?: string;
}

/** Opens the details of a network of prod-eu, `namespace/name`. */
export async function openDetail(
  stage: Stage,
  key: string,
  { snapshot = makeProdDay(), parts = {}, choose, ...options }: OpenOptions = {},
): Promise<Shown> {
  const shown = await stage.show(snapshot, options);
  answerWith(shown.service, parts);
  if (choose !== undefined) await contextButton(shown.page, choose).click();
  await row(shown.page, key).click();
  await details(shown.page).getByRole('heading', { name: 'History' }).waitFor();
  return shown;
}

/** The good day of one context, so that the table has every name once; staging is there and has no networks. */
export function makeProdDay(): Snapshot {
  const day = makeGoodDay();
  const contexts = day.contexts.filter(({ name }) => name === 'prod-eu' || name === 'staging');
  return { ...day, contexts, networks: day.networks.filter(({ context }) => context === contexts[0]?.id) };
}

/** The day with a network of its first context, which takes the place of one of the same name. */
export function withNetwork(day: Snapshot, key: string, parts: Partial<NetworkView>): Snapshot {
  const [context] = day.contexts;
  if (context === undefined) throw new Error('The day has no context.');
  const [namespace = '', name = ''] = key.split('/');
  const isOther = (one: NetworkView) => one.namespace !== namespace || one.name !== name;
  const network = makeNetwork(context, namespace, name, { state: 'inUse', ...parts });
  return { ...day, networks: [...day.networks.filter(isOther), network] };
}

export function answerWith(service: ShownService, parts: Partial<NetworkDetail>): void {
  service.answers.set('networkDetail', (args) => {
    const network = findNetwork(service.snapshot, args);
    return { ok: true, value: makeDetail(network, service.snapshot.journal, parts) };
  });
}

function findNetwork({ networks }: Snapshot, args: unknown): NetworkView {
  const { context, namespace, name } = networkNameSchema.parse(args);
  const found = networks.find(
    (one) => one.context === context && one.namespace === namespace && one.name === name,
  );
  if (found === undefined) throw new Error(`There is no ${namespace}/${name}.`);
  return found;
}

/** The tree of who uses the network. */
export function users(page: Page) {
  return details(page).getByRole('treegrid', { name: 'Used by' });
}

export function userRow(page: Page, name: string | RegExp) {
  return users(page).getByRole('row', { name });
}

export function focusedText(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.textContent');
}

export function clipboard(page: Page): Promise<string> {
  return page.evaluate<string>('navigator.clipboard.readText()');
}

/** Chooses from the menu of what can be copied, and waits until it says that it is done. */
export async function chooseCopy(page: Page, item: string): Promise<void> {
  await details(page)
    .getByRole('button', { name: /^(Copy the network|Copied)$/ })
    .click();
  await page.getByRole('menuitem', { name: item }).click();
  await details(page).getByRole('button', { name: 'Copied', exact: true }).waitFor();
}

/** The longest task of the page while something is done, in ms. */
export async function longestStall(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(`
    window.stalls = [];
    window.stallObserver = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.stalls.push(entry.duration);
    });
    window.stallObserver.observe({ type: 'longtask' });
  `);
  await act();
  return page.evaluate<number>(`new Promise((resolve) => {
    setTimeout(() => resolve(Math.round(Math.max(0, ...window.stalls))));
  })`);
}
