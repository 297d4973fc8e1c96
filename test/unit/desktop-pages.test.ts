import { expect, test } from 'vitest';
import { autostartEntry, autostartFile } from '../../main/desktop/autostart-entry.ts';
import { isAllowedLink } from '../../main/desktop/links.ts';
import { CONTENT_SECURITY_POLICY, isOurs, pageFile, WINDOW_URL } from '../../main/desktop/pages.ts';

test('the window is a page in the folder of pages', () => {
  expect(pageFile(WINDOW_URL, '/app/dist/renderer')).toEqual({
    file: '/app/dist/renderer/index.html',
    contentType: 'text/html; charset=utf-8',
  });
});

test.each([
  ['another host', 'netkeeper://other/index.html'],
  ['another scheme', 'file:///app/dist/renderer/index.html'],
  ['a way out of the folder', 'netkeeper://app/..%2f..%2fpackage.html'],
  ['the folder itself', 'netkeeper://app/'],
  ['a kind of file that does not ship', 'netkeeper://app/secret.pem'],
  ['a null byte', 'netkeeper://app/index%00.html'],
  ['a broken escape', 'netkeeper://app/%e0.html'],
])('serves nothing for %s', (_case, address) => {
  expect(pageFile(address, '/app/dist/renderer')).toBeUndefined();
});

test('dots do not lead out of the folder', () => {
  expect(pageFile('netkeeper://app/../../page.html', '/app/dist/renderer')?.file).toBe(
    '/app/dist/renderer/page.html',
  );
});

test.each(['https://app/index.html', 'netkeeper://app.evil/', 'netkeeper:app', 'about:blank', '', 'null'])(
  'does not take "%s" for a page of ours',
  (address) => expect(isOurs(address)).toBe(false),
);

test('pages may load nothing from anywhere else', () => {
  expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|https?:|\*/);
});

test.each([
  ['https://kubernetes.io/docs/concepts/', true],
  ['https://github.com/k8snetworkplumbingwg/multus-cni', true],
  ['http://kubernetes.io/docs/', false],
  ['https://kubernetes.io.evil.example/docs/', false],
  ['https://kubernetes.io/docs/../blog', false],
  ['https://kubernetes.io@evil.example/docs/', false],
  ['https://user:password@kubernetes.io/docs/', false],
  ['https://github.com/somebody/else', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['not a link', false],
])('opening %s in the browser is allowed: %s', (link, isAllowed) => {
  expect(isAllowedLink(link)).toBe(isAllowed);
});

test('the autostart file is where desktops look, and names the program in quotes', () => {
  expect(autostartFile({ XDG_CONFIG_HOME: '/conf' }, '/home/a')).toBe('/conf/autostart/netkeeper.desktop');
  expect(autostartFile({ XDG_CONFIG_HOME: '' }, '/home/a')).toBe(
    '/home/a/.config/autostart/netkeeper.desktop',
  );
  expect(autostartEntry(['/opt/Net Keeper/100%/$app', '--hidden'])).toContain(
    'Exec="/opt/Net Keeper/100%%/\\\\$app" "--hidden"\n',
  );
});
