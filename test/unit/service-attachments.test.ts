import { describe, expect, it } from 'vitest';
import { readPod } from '../../main/guard/users.ts';

function attachmentsOf(networks: string | undefined, status?: unknown) {
  const annotations = {
    ...(networks !== undefined && { 'k8s.v1.cni.cncf.io/networks': networks }),
    ...(status !== undefined && { 'k8s.v1.cni.cncf.io/network-status': JSON.stringify(status) }),
  };
  return readPod({ metadata: { namespace: 'web', name: 'pod', uid: 'u', annotations } })?.attachments;
}

describe('what a pod has attached', () => {
  it('is what it asks for, until Multus tells more', () => {
    expect(attachmentsOf('net')).toEqual([{ network: 'web/net' }]);
  });

  it('has the interface and the addresses that Multus tells', () => {
    const status = [{ name: 'web/net', interface: 'net1', ips: ['10.0.0.7'], mac: '02:00:00:00:00:07' }];
    expect(attachmentsOf('net', status)).toEqual([
      {
        network: 'web/net',
        interface: 'net1',
        ips: ['10.0.0.7'],
        mac: '02:00:00:00:00:07',
        isAttached: true,
      },
    ]);
  });

  it('finds for two requests of one network its own attachment each', () => {
    const status = [
      { name: 'web/net', interface: 'net1', ips: ['10.0.0.1'] },
      { name: 'web/net', interface: 'fast', ips: ['10.0.0.2'] },
    ];
    expect(attachmentsOf('net@fast,net', status)).toEqual([
      { network: 'web/net', interface: 'fast', ips: ['10.0.0.2'], isAttached: true },
      { network: 'web/net', interface: 'net1', ips: ['10.0.0.1'], isAttached: true },
    ]);
  });

  it('is not attached yet where the status does not name it', () => {
    expect(attachmentsOf('net,other', [{ name: 'web/net', interface: 'net1' }])).toEqual([
      { network: 'web/net', interface: 'net1', isAttached: true },
      { network: 'web/other' },
    ]);
  });

  it('counts what is attached and not asked for any more', () => {
    expect(attachmentsOf(undefined, [{ name: 'web/net', interface: 'net1' }])).toEqual([
      { network: 'web/net', interface: 'net1', isAttached: true, isStatusOnly: true },
    ]);
  });

  // The square of the length would be ten thousand million steps: the test would run into its own time limit.
  it('takes no longer than the length of the annotations asks for', { timeout: 60_000 }, () => {
    const count = 100_000;
    const status = Array.from({ length: count }, (_, index) => ({ name: 'web/net', interface: `i${index}` }));
    const networks = Array.from({ length: count }, () => 'net').join(',');
    expect(attachmentsOf(networks, status)).toHaveLength(count);
  });
});
