/** The table of networks: its order, columns, filters and selection, and what can be taken out of it. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NetworkView } from '../../main/contract/networks.ts';
import { findAxeViolations } from '../support/axe.ts';
import { hasChromium } from '../support/chromium.ts';
import {
  makeContext,
  makeHostile,
  makeLarge,
  makeNetwork,
  makeSnapshot,
} from '../support/window-fixtures.ts';
import { makeGoodDay } from '../support/window-good-day.ts';
import { chip, contextButton, details, networksShown, question, row, table } from '../support/window-page.ts';
import type { ShownService, Stage } from '../support/window-stage.ts';
import { openStage } from '../support/window-stage.ts';

if (!hasChromium)
  console.log('The table is not tested here: there is no Chromium (apt-get install chromium).');

let stage: Stage;
beforeAll(async () => {
  if (hasChromium) stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

const inChromium = describe.skipIf(!hasChromium);
const PROD = '/home/ada/.kube/config#prod-eu';

/** Three networks of one context, of which each order shows another one first. */
function makeThree() {
  const context = makeContext('lab');
  const networks = [
    makeNetwork(context, 'a', 'young', {
      state: 'inUse',
      type: 'macvlan',
      summary: 'macvlan on eth1',
      pods: 2,
      createdAt: new Date(Date.now() - 3 * 86_400_000 - 60_000).toISOString(),
    }),
    makeNetwork(context, 'b', 'gone', { state: 'missing', pods: 5 }),
    makeNetwork(context, 'c', 'old', {
      type: 'bridge',
      summary: 'bridge on br0',
      createdAt: '2020-01-01T00:00:00Z',
    }),
  ];
  return makeSnapshot({ contexts: [context], networks });
}

const header = (page: Page, name: string) => table(page).getByRole('columnheader', { name, exact: true });
const sortBy = (page: Page, name: string) => header(page, name).getByRole('button').click();
const selectionBar = (page: Page) => page.getByRole('region', { name: 'Selected networks' });
const selectedRows = (page: Page) => table(page).getByRole('row', { selected: true });
const addressOf = (page: Page) => new URL(page.url()).searchParams;

async function headersShown(page: Page): Promise<string[]> {
  return table(page).getByRole('columnheader').allTextContents();
}

inChromium('the order', () => {
  test('is by urgency at first, and by a column one way, the other way, and no longer', async () => {
    const { page } = await stage.show(makeThree());
    await expect.poll(() => networksShown(page)).toEqual(['b/gone', 'a/young', 'c/old']);
    await sortBy(page, 'Age');
    await expect.poll(() => networksShown(page)).toEqual(['a/young', 'c/old', 'b/gone']);
    expect(await header(page, 'Age').getAttribute('aria-sort')).toBe('ascending');
    await sortBy(page, 'Age');
    await expect.poll(() => networksShown(page)).toEqual(['c/old', 'a/young', 'b/gone']);
    expect(await header(page, 'Age').getAttribute('aria-sort')).toBe('descending');
    expect(addressOf(page).get('sort')).toBe('-age');
    await page.reload();
    await expect.poll(() => networksShown(page)).toEqual(['c/old', 'a/young', 'b/gone']);
    await sortBy(page, 'Age');
    await expect.poll(() => networksShown(page)).toEqual(['b/gone', 'a/young', 'c/old']);
    expect(await header(page, 'Age').getAttribute('aria-sort')).toBeNull();
    expect(addressOf(page).has('sort')).toBe(false);
  });

  test('is reached from the table by the arrows, and changed by Enter', async () => {
    const { page } = await stage.show(makeThree());
    await table(page).focus();
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => focusedText(page)).toBe('Network');
    for (const name of ['State', 'Kind', 'Pods']) {
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => focusedText(page)).toBe(name);
    }
    await page.keyboard.press('Enter');
    await expect.poll(() => networksShown(page)).toEqual(['b/gone', 'a/young', 'c/old']);
    await page.keyboard.press('Enter');
    await expect.poll(() => networksShown(page)).toEqual(['c/old', 'a/young', 'b/gone']);
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.role')).toBe('grid');
  });

  test('follows the networks as they change, and draws no row that did not', async () => {
    const { page, service } = await stage.show(makeThree());
    await sortBy(page, 'Pods');
    await expect.poll(() => networksShown(page)).toEqual(['b/gone', 'a/young', 'c/old']);
    await page.evaluate(WATCH_ROWS);
    const old = networkNamed(service, 'old');
    service.update({ networks: [{ ...old, summary: 'bridge on br7' }] });
    await page.getByText('bridge on br7').waitFor();
    expect(await page.evaluate('[...window.changedRows]')).toEqual(['c/old']);
    service.update({ networks: [{ ...old, state: 'inUse', pods: 9 }] });
    await expect.poll(() => rowsFromTop(page)).toEqual(['c/old', 'b/gone', 'a/young']);
  });
});

/** By where rows stand: the elements stay in the order in which they came. */
function rowsFromTop(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    `[...document.querySelectorAll('tbody tr')].toSorted((a, b) => a.ariaRowIndex - b.ariaRowIndex).map((one) => one.querySelector('th').textContent)`,
  );
}

/** Names the rows in which anything is drawn from now on. */
const WATCH_ROWS = `
  window.changedRows = new Set();
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const row = (target.closest ? target : target.parentElement).closest('tr');
      if (row !== null) window.changedRows.add(row.querySelector('th').textContent);
    }
  }).observe(document.querySelector('tbody'), { subtree: true, childList: true, characterData: true, attributes: true });
`;

function focusedText(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.textContent');
}

function networkNamed(service: ShownService, name: string): NetworkView {
  const network = service.snapshot.networks.find((one) => one.name === name);
  if (network === undefined) throw new Error(`There is no network ${name}.`);
  return network;
}

inChromium('a network that is opened from elsewhere', () => {
  test('is brought into view, and marked as the one that is looked at', async () => {
    const { page, service } = await stage.show(makeLarge(1_000, 1));
    await row(page, 'team-1/net-0-1').waitFor();
    const { context, namespace, name } = networkNamed(service, 'net-0-777');
    expect(await row(page, `${namespace}/${name}`).count()).toBe(0);
    service.tell({ event: 'show', network: { context, namespace, name } });
    await details(page).waitFor();
    const shown = row(page, `${namespace}/${name}`);
    await shown.waitFor();
    expect(await shown.getAttribute('aria-current')).toBe('true');
    await page.reload();
    await shown.waitFor();
  });
});

inChromium('the columns', () => {
  test('are chosen in a menu, and kept over a reload until they are given back', async () => {
    const { page } = await stage.show(makeThree());
    await expect
      .poll(() => headersShown(page))
      .toEqual(['Network', 'State', 'Kind', 'Pods', 'Workloads', 'Age']);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Type' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Workloads' }).click();
    await page.keyboard.press('Escape');
    const chosen = ['Network', 'State', 'Kind', 'Type', 'Pods', 'Age'];
    await expect.poll(() => headersShown(page)).toEqual(chosen);
    await row(page, 'c/old').getByRole('gridcell', { name: 'bridge', exact: true }).waitFor();
    await page.reload();
    await expect.poll(() => headersShown(page)).toEqual(chosen);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitem', { name: 'As they were at first' }).click();
    await expect.poll(() => headersShown(page)).toContain('Workloads');
    expect(addressOf(page).has('columns')).toBe(false);
  });

  test('give way where there is no room, and the menu says so', async () => {
    const { page } = await stage.show(makeGoodDay(), { width: 900, height: 600 });
    await expect.poll(() => headersShown(page)).toContain('Kind');
    expect(await headersShown(page)).not.toContain('Managed by');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Managed by' }).getByText('no room now').waitFor();
  });

  test('say the context only where several are looked at', async () => {
    const { page } = await stage.show(makeGoodDay());
    await expect.poll(() => headersShown(page)).toContain('Context');
    await contextButton(page, 'prod-eu').click();
    await expect.poll(() => headersShown(page)).not.toContain('Context');
  });

  test('say how old a network is, and of a missing one what can be done', async () => {
    const { page } = await stage.show(makeThree());
    await row(page, 'a/young').getByText('3 d', { exact: true }).waitFor();
    await row(page, 'c/old')
      .getByText(/^\d+ y$/)
      .waitFor();
    await row(page, 'b/gone').getByText('Referred to, not there: apply its manifest').waitFor();
  });
});

inChromium('the filters', () => {
  test('are in the address: a reload keeps them, and Back goes back past them', async () => {
    const { page } = await stage.show(makeGoodDay());
    await contextButton(page, 'prod-eu').click();
    await page.getByRole('searchbox', { name: 'Filter networks' }).fill('vlan');
    await chip(page, /^In use/).click();
    await page.getByText('7 of 15 networks').waitFor();
    const shown = await networksShown(page);
    expect(Object.fromEntries(addressOf(page))).toEqual({ context: PROD, words: 'vlan', state: 'inUse' });
    await page.reload();
    await expect.poll(() => networksShown(page)).toEqual(shown);
    expect(await page.getByRole('searchbox').inputValue()).toBe('vlan');
    await row(page, 'voice/rtp').click();
    await details(page).waitFor();
    await page.goBack();
    await details(page).waitFor({ state: 'detached' });
    expect(await networksShown(page)).toEqual(shown);
    await page.goBack();
    await page.getByRole('heading', { name: 'All contexts' }).waitFor();
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('');
    await page.goForward();
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('vlan');
    await expect.poll(() => networksShown(page)).toEqual(shown);
  });

  test('offer the types that there are, with how many networks each has, and one button that clears all', async () => {
    const { page } = await stage.show(makeThree());
    await page.getByRole('button', { name: 'Type', exact: true }).click();
    expect(await page.getByRole('menuitemradio').allTextContents()).toEqual([
      'All types',
      'bridge1',
      'macvlan1',
      'No type1',
    ]);
    await page.getByRole('menuitemradio', { name: 'No type' }).click();
    await expect.poll(() => networksShown(page)).toEqual(['b/gone']);
    await page.getByRole('button', { name: 'Type: No type' }).waitFor();
    await page.getByText('1 of 3 networks').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await expect.poll(() => networksShown(page)).toHaveLength(3);
    expect(addressOf(page).size).toBe(0);
    expect(await page.evaluate('document.activeElement.type')).toBe('search');
  });

  test('find a namespace among hundreds by its letters', async () => {
    const context = makeContext('lab');
    const networks = Array.from({ length: 300 }, (_, index) =>
      makeNetwork(context, `team-${String(index).padStart(3, '0')}`, 'lan'),
    );
    const { page } = await stage.show(makeSnapshot({ contexts: [context], networks }));
    await page.getByRole('button', { name: 'Namespace', exact: true }).click();
    await page.getByText('201 more: add a letter to find them.').waitFor();
    await page.keyboard.type('m-27');
    await expect.poll(() => page.getByRole('menuitemradio').count()).toBe(10);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => networksShown(page)).toEqual(['team-271/lan']);
    await page.getByRole('button', { name: 'Namespace: team-271' }).waitFor();
    expect(addressOf(page).get('namespace')).toBe('team-271');
  });

  test('have the states in a list where there is no room for them side by side', async () => {
    const { page } = await stage.show(makeGoodDay(), { width: 900, height: 600 });
    await page.getByRole('button', { name: 'State', exact: true }).first().click();
    await page.getByRole('menuitemradio', { name: /^Need you/ }).click();
    await expect.poll(() => networksShown(page)).toEqual(['payments/hsm-fabric', 'telemetry/probe-tap']);
    await page.getByText('2 of 19 networks').waitFor();
  });

  test('take no harm from an address that makes no sense', async () => {
    const { page } = await stage.show(makeThree());
    await table(page).waitFor();
    await page.goto(`${new URL(page.url()).origin}/?state=toString&sort=-&columns=,,x&namespace=a&words=%00`);
    await page.getByText('No network matches').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await expect.poll(() => networksShown(page)).toEqual(['b/gone', 'a/young', 'c/old']);
  });
});

inChromium('the selection', () => {
  test('is made with the keyboard alone: Space, Shift with arrows, Ctrl-A, and Escape', async () => {
    const { page } = await stage.show(makeGoodDay());
    await contextButton(page, 'prod-eu').click();
    await row(page, 'voice/rtp').waitFor();
    await table(page).focus();
    await page.keyboard.press('Space');
    await selectionBar(page).getByText('1 selected').waitFor();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(`Shift+${key}`);
    await selectionBar(page).getByText('4 selected').waitFor();
    await page.keyboard.press('Shift+ArrowUp');
    await selectionBar(page).getByText('3 selected').waitFor();
    expect(await selectedRows(page).count()).toBe(3);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await selectionBar(page).getByText('4 selected').waitFor();
    await page.keyboard.press('Control+a');
    await selectionBar(page).getByText('15 selected').waitFor();
    await page.keyboard.press('Escape');
    await selectionBar(page).waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.role')).toBe('grid');
    expect(await selectedRows(page).count()).toBe(0);
  });

  test('is made with the mouse: at the edge of a row, with Shift to there, and all at once', async () => {
    const { page } = await stage.show(makeGoodDay());
    await contextButton(page, 'prod-eu').click();
    const edge = (network: string) => row(page, network).getByRole('gridcell').first();
    await edge('telemetry/probe-tap').click();
    await selectionBar(page).getByText('1 selected').waitFor();
    await row(page, 'edge/gateway').click({ modifiers: ['Shift'] });
    await selectionBar(page).getByText('4 selected').waitFor();
    await row(page, 'billing/ledger-sync').click({ modifiers: ['Control'] });
    await selectionBar(page).getByText('3 selected').waitFor();
    expect(await details(page).count()).toBe(0);
    await page.getByRole('checkbox', { name: 'Select all rows' }).click();
    await selectionBar(page).getByText('15 selected').waitFor();
    await page.getByRole('checkbox', { name: 'Select all rows' }).click();
    await selectionBar(page).waitFor({ state: 'detached' });
  });

  test('goes with the first Escape, and the details with the second', async () => {
    const { page } = await stage.show(makeThree());
    await row(page, 'c/old').getByRole('gridcell').first().click();
    await selectionBar(page).waitFor();
    await row(page, 'a/young').click();
    await details(page).waitFor();
    await page.keyboard.press('Escape');
    await selectionBar(page).waitFor({ state: 'detached' });
    expect(await details(page).count()).toBe(1);
    await page.keyboard.press('Escape');
    await details(page).waitFor({ state: 'detached' });
  });

  test('shows which row the keys are at, also after a click', async () => {
    const { page } = await stage.show(makeThree());
    await row(page, 'b/gone').getByRole('gridcell').first().click();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.evaluate(ACTIVE_ROW)).toEqual(['a/young', 'solid']);
  });

  test('keeps what the filters hide, and says so; what is gone is no longer selected', async () => {
    const { page, service } = await stage.show(makeThree());
    await table(page).focus();
    await page.keyboard.press('Control+a');
    await page.getByRole('searchbox').fill('old');
    await selectionBar(page).getByText('3 selected, 2 of them not shown').waitFor();
    const { context, namespace, name } = networkNamed(service, 'young');
    service.update({ goneNetworks: [{ context, namespace, name }] });
    await selectionBar(page).getByText('2 selected, 1 of them not shown').waitFor();
    await selectionBar(page).getByRole('button', { name: 'Clear' }).click();
    await selectionBar(page).waitFor({ state: 'detached' });
  });

  test('restores those that can be, after one question that names networks, clusters and users', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await contextButton(page, 'prod-eu').click();
    await row(page, 'voice/rtp').waitFor();
    await table(page).focus();
    await page.keyboard.press('Control+a');
    await selectionBar(page).getByRole('button', { name: 'Restore 3' }).click();
    await question(page).getByRole('heading', { name: 'Restore 3 networks on prod-eu?' }).waitFor();
    expect(await question(page).getByRole('listitem').allTextContents()).toEqual([
      'payments/hsm-fabric on prod-eu. 3 pods use it and 1 workload refers to it.',
      'telemetry/probe-tap on prod-eu. 1 pod uses it and 1 workload refers to it.',
      'voice/rtp-legacy on prod-eu. Nothing uses it.',
    ]);
    await question(page).getByRole('button', { name: 'Cancel' }).click();
    expect(service.commandsNamed('restoreNetwork')).toEqual([]);
    await selectionBar(page).getByRole('button', { name: 'Restore 3' }).click();
    await question(page).getByRole('button', { name: 'Restore' }).click();
    await expect
      .poll(() => service.commandsNamed('restoreNetwork'))
      .toEqual([
        { context: PROD, namespace: 'payments', name: 'hsm-fabric' },
        { context: PROD, namespace: 'telemetry', name: 'probe-tap' },
        { context: PROD, namespace: 'voice', name: 'rtp-legacy' },
      ]);
  });

  test('copies the networks as YAML, and their names', async () => {
    const { page, service } = await stage.show(makeThree());
    answerManifests(service);
    await table(page).focus();
    await page.keyboard.press('Control+a');
    await selectionBar(page).getByRole('button', { name: 'Copy as YAML' }).click();
    await selectionBar(page).getByText('Copied 3 networks').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      '---\n# On lab:\n# b/gone on lab: no copy of it is known.\nname: young\n---\nname: old\n',
    );
    await selectionBar(page).getByRole('button', { name: 'Copy names' }).click();
    await selectionBar(page).getByText('Copied 3 names').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('b/gone\na/young\nc/old');
  });
});

/** The name of the row that the table points at, and its outline. */
const ACTIVE_ROW = `(() => {
  const row = document.getElementById(document.activeElement.getAttribute('aria-activedescendant'));
  return [row.querySelector('th').textContent, getComputedStyle(row).outlineStyle];
})()`;

interface AskedManifests {
  readonly context: string;
  readonly networks: readonly { readonly namespace: string; readonly name: string }[];
}

/** Of a network called `gone` no copy is known. */
function answerManifests(service: ShownService): void {
  service.answers.set('manifests', (args) => ({
    ok: true,
    value: (args as AskedManifests).networks.map((one) => ({
      ...one,
      ...(one.name !== 'gone' && { manifest: `name: ${one.name}\n` }),
    })),
  }));
}

inChromium('an export', () => {
  /** Chooses a form from a menu, and gives the name and the content of the file. */
  async function exportAs(page: Page, menu: string, item: string): Promise<readonly [string, string]> {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: menu }).click();
    await page.getByRole('menuitem', { name: item }).click();
    const file = await download;
    return [file.suggestedFilename(), readFileSync(await file.path(), 'utf8')];
  }

  test('as CSV holds what the table shows, in its order', async () => {
    const { page } = await stage.show(makeThree());
    await page.getByRole('searchbox').fill('l');
    await sortBy(page, 'Kind');
    await expect.poll(() => networksShown(page)).toEqual(['c/old', 'a/young']);
    const [fileName, content] = await exportAs(page, 'Export 2 networks', 'As CSV');
    expect(fileName).toMatch(/^netkeeper-networks-\d{4}-\d\d-\d\d\.csv$/);
    const [head, ...lines] = content.trimEnd().split('\r\n');
    expect(head).toBe(
      'context,contextName,namespace,name,state,summary,type,parent,pods,workloads,managedBy,createdAt',
    );
    expect(lines.map((line) => line.split(',').slice(1, 6).join())).toEqual([
      'lab,c,old,unused,bridge on br0',
      'lab,a,young,inUse,macvlan on eth1',
    ]);
    await page.getByText(`Saved ${fileName}`).waitFor();
  });

  test('as CSV of a hostile cluster has no cell that a spreadsheet would run', async () => {
    const hostile = makeHostile();
    const [context] = hostile.contexts;
    if (context === undefined) throw new Error('It has no context.');
    const networks = ['=1+1', '+1', '-1', '@a', '\tb', 'x,"y"'].map((name) =>
      makeNetwork(context, '=cmd', name, { summary: '=HYPERLINK("http://x")' }),
    );
    const { page } = await stage.show({ ...hostile, networks });
    const [, content] = await exportAs(page, 'Export 6 networks', 'As CSV');
    expect(content).not.toMatch(/(^|,)"?[=+\-@\t]/m);
    expect(content).toContain(`'=cmd,'=1+1,unused,"'=HYPERLINK(""http://x"")"`);
    expect(content).toContain(`,"x,""y""",unused,`);
  });

  test('as JSON holds the selected networks alone', async () => {
    const { page } = await stage.show(makeThree());
    await table(page).focus();
    await page.keyboard.press('Space');
    await selectionBar(page).waitFor();
    const [, content] = await exportAs(page, 'Export 1 network', 'As JSON');
    expect(JSON.parse(content)).toEqual([
      {
        context: '/home/ada/.kube/config#lab',
        contextName: 'lab',
        namespace: 'b',
        name: 'gone',
        state: 'missing',
        pods: 5,
        workloads: 0,
      },
    ]);
  });

  test('as YAML of many asks for a hundred at a time, context by context, and says how far it is', async () => {
    const { page, service } = await stage.show(makeLarge(500, 2));
    answerManifests(service);
    const answer = service.answers.get('manifests');
    const { promise: isSeen, resolve: see } = Promise.withResolvers<void>();
    service.answers.set('manifests', async (args) => {
      if (service.commandsNamed('manifests').length === 2) await isSeen;
      return answer?.(args) ?? { ok: true, value: [] };
    });
    const exported = exportAs(page, 'Export 500 networks', 'As YAML');
    await page.getByText('Reading 100 of 500 networks').waitFor();
    see();
    const [, content] = await exported;
    const asked = service.commandsNamed('manifests') as AskedManifests[];
    expect(asked.map(({ context, networks }) => [context.split('#')[1], networks.length])).toEqual([
      ['cluster-00', 100],
      ['cluster-00', 100],
      ['cluster-00', 50],
      ['cluster-01', 100],
      ['cluster-01', 100],
      ['cluster-01', 50],
    ]);
    expect(content.match(/^---$/gm)).toHaveLength(500);
    expect(content).toContain('---\n# On cluster-01:\nname: net-1-1\n---\n');
  });

  test('that fails says why, and saves nothing', async () => {
    const { page, service } = await stage.show(makeThree());
    service.answers.set('manifests', () => ({
      ok: false,
      code: 'off',
      message: 'lab is off',
      remedy: 'Watch it.',
    }));
    const saved: string[] = [];
    page.on('download', (file) => saved.push(file.suggestedFilename()));
    await page.getByRole('button', { name: 'Export 3 networks' }).click();
    await page.getByRole('menuitem', { name: 'As YAML' }).click();
    await page.getByRole('alert').getByText('lab is off. Watch it.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Export 3 networks' }).isEnabled()).toBe(true);
    expect(saved).toEqual([]);
  });
});

inChromium('people who do not see the table', () => {
  test.each(['light', 'dark'] as const)('find nothing that breaks a rule, in %s', async (theme) => {
    const { page } = await stage.show(makeGoodDay(), { theme });
    await table(page).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await sortBy(page, 'Pods');
    await page.getByRole('searchbox').fill('e');
    await page.getByText(/of 19 networks/).waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Type' }).waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Namespace', exact: true }).click();
    await page.getByRole('menuitemradio').first().waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
  });

  test('are told how many rows and columns there are, and which row is active and selected', async () => {
    const { page } = await stage.show(makeThree());
    await expect.poll(() => table(page).getAttribute('aria-colcount')).toBe('7');
    expect(await table(page).getAttribute('aria-rowcount')).toBe('4');
    expect(await table(page).getAttribute('aria-multiselectable')).toBe('true');
    await table(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    const active = await table(page).getAttribute('aria-activedescendant');
    const activeRow = page.locator(`[id="${active}"]`);
    expect(await activeRow.getAttribute('aria-selected')).toBe('true');
    expect(await activeRow.getAttribute('aria-rowindex')).toBe('3');
  });
});
