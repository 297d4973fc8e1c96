import { expect, test } from 'vitest';
import { describeDesktop, eventually } from '../support/electron-double/desktop-process.ts';
import { useDesktopStage } from '../support/electron-double/stage.ts';

describeDesktop('the window of the desktop app', () => {
  const stage = useDesktopStage();

  test('can be closed and opened again while the loop goes on', async () => {
    const east = await stage.addCluster('east');
    const desktop = await stage.start();
    await stage.watched(desktop, 'east');
    const first = await desktop.page();
    await desktop.give({ do: 'closeWindow' });
    await desktop.record({ what: 'window', state: 'closed' });
    await eventually(() => first.isClosed()).toBe(true);

    east.delete('NetworkAttachmentDefinition', 'storage', 'ceph');
    const { id } = await desktop.record({ what: 'notification' });
    await desktop.give({ do: 'clickNotification', id });
    const second = await desktop.page();
    await second.getByText('24 hours').waitFor();
    await second.getByText('Brought back storage/ceph: 1 pod uses it (osd-1)').first().waitFor();
  });

  test('comes to the front when the program is started a second time', async () => {
    await stage.addCluster('east');
    const desktop = await stage.start();
    await stage.watched(desktop, 'east');
    await desktop.page();
    const second = await stage.start();
    expect(await second.ended).toBe(0);
    expect(second.records).toEqual([]);
    await desktop.record({ what: 'window', state: 'focused' });
    expect(
      desktop.records.filter((record) => record.what === 'window' && record.state === 'created'),
    ).toHaveLength(1);
  });

  test('stays away when the session starts the program, until somebody asks for it', async () => {
    await stage.addCluster('east');
    const desktop = await stage.start({ args: ['--hidden'] });
    await stage.watched(desktop, 'east');
    expect(desktop.newest('window')).toBeUndefined();
    await desktop.give({ do: 'choose', menu: 'tray', path: ['Open NetKeeper'] });
    await desktop.record({ what: 'window', state: 'shown' });
  });

  test('is loaded again after its page went down, and nothing else notices', async () => {
    const east = await stage.addCluster('east');
    const desktop = await stage.start();
    await stage.watched(desktop, 'east');
    const page = await desktop.page();
    await page.getByText('1 network is in use').waitFor();
    page.goto('chrome://crash').catch(() => {});
    await desktop.record({ what: 'window', state: 'crashed' });
    east.delete('NetworkAttachmentDefinition', 'storage', 'ceph');
    await desktop.record({ what: 'notification' });
    await eventually(async () => (await desktop.page()) !== page).toBe(true);
    await (await desktop.page()).getByRole('grid').getByText('Brought back').waitFor();
  });

  test('is not loaded again for ever: after the fourth time it waits until somebody opens it', async () => {
    await stage.addCluster('east');
    const desktop = await stage.start();
    await stage.watched(desktop, 'east');
    for (let crashes = 0; crashes < 4; crashes += 1) {
      const page = await desktop.page();
      await page.getByText('1 network is in use').waitFor();
      page.goto('chrome://crash').catch(() => {});
      await desktop.record({ what: 'window', state: 'crashed' });
      await eventually(() => stage.chromium.context.pages().includes(page)).toBe(false);
    }
    await desktop.record({ what: 'window', state: 'closed' });
    await desktop.give({ do: 'choose', menu: 'tray', path: ['Open NetKeeper'] });
    const page = await desktop.page();
    await page.getByText('The window went down 4 times within a minute (crashed).').waitFor();
  });

  test('gives its page the contract and nothing else', async () => {
    await stage.addCluster('east');
    const desktop = await stage.start();
    await stage.watched(desktop, 'east');
    const page = await desktop.page();
    expect(await page.evaluate('Object.keys(window.netkeeper).sort()')).toEqual(['invoke', 'onEvent']);
    expect(await page.evaluate('Object.isFrozen(window.netkeeper)')).toBe(true);
    const nodes = await page.evaluate(
      "['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in window)",
    );
    expect(nodes).toEqual([]);
    const invoke = (args: string) => page.evaluate(`window.netkeeper.invoke(${args})`);
    const refused = { ok: false, code: 'badRequest' };
    expect(await invoke("'deleteEverything', {}")).toMatchObject(refused);
    expect(await invoke("'setMode', { context: 'x', mode: 'delete' }")).toMatchObject(refused);
    expect(await invoke("{ name: 'snapshot' }, {}")).toMatchObject(refused);
    await expect(invoke("'snapshot', { secret: () => {} }")).rejects.toThrow('could not be cloned');
  });

  test('leads nowhere', async () => {
    await stage.addCluster('east');
    const desktop = await stage.start();
    await stage.watched(desktop, 'east');
    const page = await desktop.page();
    const address = page.url();
    const origin = 'netkeeper://app';

    await page.evaluate("void (location.href = 'https://example.invalid/')");
    await page.evaluate("window.open('https://example.invalid/')");
    await page.evaluate("window.open('https://kubernetes.io/docs/concepts/')");
    const { url } = await desktop.record({ what: 'browser' });
    expect(url).toBe('https://kubernetes.io/docs/concepts/');
    expect(desktop.records.filter(({ what }) => what === 'browser')).toHaveLength(1);
    expect(page.url()).toBe(address);

    const loads = await page.evaluate(`Promise.all([
      fetch('https://example.invalid/').then(() => 'loaded', () => 'blocked'),
      new Promise((resolve) => {
        const image = new Image();
        image.onload = () => resolve('loaded');
        image.onerror = () => resolve('blocked');
        image.src = 'https://example.invalid/pixel.png';
      }),
    ])`);
    expect(loads).toEqual(['blocked', 'blocked']);
    // Not a single request got so far as to be refused outside the page.
    expect(desktop.refusals.filter((why) => why.includes('example.invalid'))).toEqual([]);

    const ask = (permission: string, page: string) => desktop.give({ do: 'askPermission', permission, page });
    for (const permission of ['media', 'geolocation', 'notifications', 'usb', 'clipboard-read']) {
      expect(await ask(permission, origin)).toBe(false);
    }
    expect(await ask('clipboard-sanitized-write', origin)).toBe(true);
    expect(await ask('clipboard-sanitized-write', 'https://example.invalid')).toBe(false);
  });

  test('follows the theme of the settings', async () => {
    await stage.addCluster('east');
    const desktop = await stage.start();
    await stage.watched(desktop, 'east');
    const page = await desktop.page();
    await desktop.invoke('changeSettings', { theme: 'dark' });
    await desktop.record({ what: 'theme', source: 'dark' });
    await eventually(() => page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")).toBe(true);
  });
});
