import { join } from 'node:path';
import Conf from 'conf';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../main/cluster/clock.ts';
import { watchKubeconfig } from '../../main/cluster/kubeconfig-watch.ts';
import { createJournalStore } from '../../main/store/journal.ts';
import { createSettingsStore } from '../../main/store/settings.ts';
import { type ServiceStage, useServiceStage } from '../support/service-stage.ts';

const NAD = 'NetworkAttachmentDefinition';

/** A service as a host without Electron has it: settings and journal on disk, the kubeconfig watched. */
async function startHost(stage: ServiceStage) {
  const notices: string[] = [];
  const stored = {
    directory: join(stage.folder, 'settings'),
    clock: systemClock,
    notice: (message: string) => notices.push(message),
  };
  const settings = createSettingsStore(Conf, stored);
  const journal = createJournalStore(Conf, stored);
  const kubeconfig = watchKubeconfig({
    env: {},
    homeDirectory: stage.folder,
    extraFiles: () => settings.get().kubeconfigFiles,
    clock: systemClock,
  });
  const service = await stage.start({ settings, journal, kubeconfig });
  const stop = async () => {
    kubeconfig.stop();
    await service.service.stop();
    journal.flush();
  };
  return { service, notices, stop };
}

describe('a service with its stores on disk', () => {
  const stage = useServiceStage();

  it('has its settings, its journal and its copies again after a restart', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const first = await startHost(stage);
    await first.service.shows('east', 'web', 'net', 'inUse');
    east.delete(NAD, 'web', 'net');
    const { id } = await first.service.records('restored');
    await first.service.does('setMode', { context: stage.id('east'), mode: 'ask' });
    await first.service.does('changeSettings', { theme: 'dark' });
    await first.service.shows('east', 'web', 'net', 'inUse');
    await first.stop();
    east.delete(NAD, 'web', 'net');

    const second = await startHost(stage);
    await second.service.reaches('east', { mode: 'ask', phase: 'watching' });
    const asked = await second.service.records('asked', { missed: true });
    expect(asked.id).toBeGreaterThan(id);
    const { journal, settings } = await second.service.snapshot();
    expect(journal.map(({ event }) => event)).toEqual(['asked', 'deleted', 'restored', 'deleted']);
    expect(settings.theme).toBe('dark');
    expect([...first.notices, ...second.notices]).toEqual([]);
    await second.stop();
  });

  it('takes up a context that a tool writes into the kubeconfig, and a file that the user adds', async () => {
    const east = await stage.addCluster('east');
    await stage.addCluster('west');
    stage.addUsedNetwork(east);
    const added = join(stage.folder, 'added');
    await stage.writeKubeconfig(added, ['west']);
    const host = await startHost(stage);
    await host.service.shows('east', 'web', 'net', 'inUse');

    stage.servers['made-by-kind'] = { server: east.url };
    await stage.writeKubeconfig(stage.kubeconfig, ['east', 'made-by-kind']);
    await host.service.reaches('made-by-kind', { mode: 'off', phase: 'off' });
    await host.service.until('west is gone', () => (host.service.contexts.size === 2 ? true : undefined));

    await host.service.does('changeSettings', { kubeconfigFiles: [added] });
    await host.service.reaches('west', { file: added, mode: 'off' });
    await host.stop();
  });
});
