import { expect, onTestFinished, test } from 'vitest';
import { describeCluster } from '../support/assets.ts';
import {
  create,
  createNamespace,
  createPod,
  deleteNetwork,
  findNetwork,
  grantKeeping,
} from '../support/cluster-objects.ts';
import { startControlPlane } from '../support/control-plane.ts';
import { describeDesktop } from '../support/electron-double/desktop-process.ts';
import { useDesktopStage } from '../support/electron-double/stage.ts';
import { NOTIFIED_WITHIN_MS, SHOWN_WITHIN_MS, timeRestore } from '../support/electron-double/stopwatch.ts';
import { makeNetwork } from '../support/objects.ts';

describeDesktop('the desktop app at a real API server', () => {
  describeCluster('with the rights that NetKeeper asks for and no more', () => {
    const stage = useDesktopStage();

    test('shows at once that a network in use was brought back', { retry: 3, timeout: 60_000 }, async () => {
      const cluster = await startControlPlane({ users: ['keeper'] });
      onTestFinished(() => cluster.stop());
      await cluster.installNadCrd();
      await grantKeeping(cluster, 'keeper');
      await createNamespace(cluster, 'storage');
      for (const name of ['first', 'ceph']) {
        await create(cluster, makeNetwork('storage', name));
        await createPod(cluster, 'storage', `pod-of-${name}`, name);
      }
      const desktop = await stage.start({
        kubeconfig: cluster.writeKubeconfig([{ name: 'real', user: 'keeper' }]),
      });
      await stage.watched(desktop, 'real');
      const page = await desktop.page();
      await page.getByText('2 networks are in use').waitFor();
      await desktop.invoke('changeSettings', { notifications: { doNotDisturb: true } });
      await deleteNetwork(cluster, 'storage', 'first');
      await page.getByRole('grid').getByText('Brought back').waitFor();
      await desktop.invoke('changeSettings', { notifications: { doNotDisturb: false } });

      const times = await timeRestore(desktop, 'storage/ceph', () =>
        deleteNetwork(cluster, 'storage', 'ceph'),
      );
      console.log(`From before the DELETE at a real API server on: ${JSON.stringify(times)}`);
      expect(await findNetwork(cluster, 'storage', 'ceph')).toBeDefined();
      expect(times.notificationMs).toBeLessThan(NOTIFIED_WITHIN_MS);
      expect(times.trayMs).toBeLessThan(SHOWN_WITHIN_MS);
      expect(times.windowMs).toBeLessThan(SHOWN_WITHIN_MS);
    });
  });
});
