import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NetworkDescription, PluginNetwork } from '../../main/guard/cni.ts';
import { describeNetwork } from '../../main/guard/cni.ts';

const POOL = { 'k8s.v1.cni.cncf.io/resourceName': 'intel.com/pool' };

function describePlugin(config: unknown, annotations: Readonly<Record<string, string>> = {}): PluginNetwork {
  const description = describeNetwork(JSON.stringify(config), annotations);
  if (description.kind !== 'plugin') throw new Error(description.summary);
  return description;
}

describe('describeNetwork sums up', () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    [
      'bridge on br0, VLAN 300, 10.1.0.0/24 via whereabouts',
      { type: 'bridge', bridge: 'br0', vlan: 300, ipam: { type: 'whereabouts', range: '10.1.0.0/24' } },
    ],
    ['bridge on cni0, L2 only', { type: 'bridge' }],
    [
      'bridge on br0, VLAN trunk 100–110 and 200, L2 only',
      { type: 'bridge', bridge: 'br0', vlanTrunk: [{ minID: 100, maxID: 110 }, { id: 200 }] },
    ],
    ['bridge on br0, L2 only', { type: 'bridge', bridge: 'br0', master: 'eth0', vlan: 0 }],
    ['bridge on br0, VLAN 12, L2 only', { type: 'bridge', bridge: 'br0', vlan: '12' }],
    ['macvlan on eth1, addresses via dhcp', { type: 'macvlan', master: 'eth1', ipam: { type: 'dhcp' } }],
    ["macvlan on the default route's interface, L2 only", { type: 'macvlan', mode: 'bridge' }],
    ["ipvlan on the default route's interface, L2 only", { type: 'ipvlan' }],
    ['ipvlan on bond0, L2 only', { type: 'ipvlan', master: 'bond0', ipam: {} }],
    ['ipoib on ib0, L2 only', { type: 'ipoib', master: 'ib0' }],
    [
      'vlan on eth0, VLAN 5, 10.1.1.0/24 via host-local',
      { type: 'vlan', master: 'eth0', vlanId: 5, ipam: { type: 'host-local', subnet: '10.1.1.0/24' } },
    ],
    [
      'ovn-k8s-cni-overlay (layer3), 10.128.0.0/16 (/24 per node) and fd00::/48 (/64 per node)',
      { type: 'ovn-k8s-cni-overlay', topology: 'layer3', subnets: '10.128.0.0/16/24, fd00::/48/64' },
    ],
    ['ovn-k8s-cni-overlay (layer2), L2 only', { type: 'ovn-k8s-cni-overlay', topology: 'layer2' }],
    [
      'ovn-k8s-cni-overlay (localnet) on physnet, VLAN 200, 10.100.0.0/24',
      {
        type: 'ovn-k8s-cni-overlay',
        topology: 'localnet',
        name: 'blue',
        physicalNetworkName: 'physnet',
        vlanID: 200,
        subnets: '10.100.0.0/24',
      },
    ],
    [
      'ovn-k8s-cni-overlay (localnet) on blue, L2 only',
      { type: 'ovn-k8s-cni-overlay', topology: 'localnet', name: 'blue' },
    ],
    ['ovn-k8s-cni-overlay', { type: 'ovn-k8s-cni-overlay', name: 'ovn-kubernetes' }],
    ['host-device on eth7, L2 only', { type: 'host-device', device: 'eth7' }],
    ['host-device on 02:00:00:00:00:01, L2 only', { type: 'host-device', hwaddr: '02:00:00:00:00:01' }],
    ['host-device on 0000:3d:00.1, L2 only', { type: 'host-device', pciBusID: '0000:3d:00.1' }],
    ['tap on br0, L2 only', { type: 'tap', bridge: 'br0' }],
    ['ptp, 10.2.0.0/24 via host-local', { type: 'ptp', ipam: { type: 'host-local', subnet: '10.2.0.0/24' } }],
    ['ovs on br1, VLAN 100, L2 only', { type: 'ovs', bridge: 'br1', vlan: 100 }],
    [
      'ovs on br1, VLAN trunk 42, 1000–1010 and 1 more, L2 only',
      { type: 'ovs', bridge: 'br1', trunk: [{ id: 42 }, { minID: 1000, maxID: 1010 }, { id: 5 }] },
    ],
    ['kube-ovn on attachnet.default.ovn', { type: 'kube-ovn', provider: 'attachnet.default.ovn' }],
    ['egress-router, 192.168.3.10/24', { type: 'egress-router', ip: { addresses: ['192.168.3.10/24'] } }],
    ['cnv-bridge on br1, VLAN 100', { type: 'cnv-bridge', bridge: 'br1', vlan: 100 }],
    ['calico', { type: 'calico' }],
    ['constructor', { type: 'constructor' }],
  ])('%s', (summary, config) => {
    expect(describePlugin(config).summary).toBe(summary);
  });

  test.each([
    ['sriov on intel.com/pool, VLAN 821, L2 only', { type: 'sriov', vlan: 821 }],
    ['macvtap on intel.com/pool, L2 only', { type: 'macvtap' }],
    ['host-device on intel.com/pool, L2 only', { type: 'host-device' }],
    ['bridge on br0, L2 only', { type: 'bridge', bridge: 'br0' }],
  ])('%s, with the pool from the annotation', (summary, config) => {
    expect(describePlugin(config, POOL).summary).toBe(summary);
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['10.1.0.0/24 via host-local', { type: 'host-local', subnet: '10.1.0.0/24' }],
    [
      '10.1.0.10–10.1.0.20 via host-local',
      { type: 'host-local', subnet: '10.1.0.0/24', rangeStart: '10.1.0.10', rangeEnd: '10.1.0.20' },
    ],
    [
      '10.1.0.0/24 from 10.1.0.10 via host-local',
      { type: 'host-local', subnet: '10.1.0.0/24', rangeStart: '10.1.0.10' },
    ],
    [
      '10.1.0.0/24 up to 10.1.0.20 via host-local',
      { type: 'host-local', subnet: '10.1.0.0/24', rangeEnd: '10.1.0.20' },
    ],
    [
      '10.1.0.0/24, 10.2.0.5–10.2.0.9 and 1 more via host-local',
      {
        type: 'host-local',
        ranges: [
          [
            { subnet: '10.1.0.0/24' },
            { subnet: '10.2.0.0/24', rangeStart: '10.2.0.5', rangeEnd: '10.2.0.9' },
          ],
          [{ subnet: 'fd00::/64' }],
        ],
      },
    ],
    ['10.1.0.10-10.1.0.20/24 via whereabouts', { type: 'whereabouts', range: '10.1.0.10-10.1.0.20/24' }],
    [
      '10.1.0.10–10.1.0.20 via whereabouts',
      { type: 'whereabouts', range: '10.1.0.0/24', range_start: '10.1.0.10', range_end: '10.1.0.20' },
    ],
    [
      '10.1.0.0/24 and fd00::/64 via whereabouts',
      { type: 'whereabouts', ipRanges: [{ range: '10.1.0.0/24' }, { range: 'fd00::/64' }] },
    ],
    [
      '10.1.0.5/24 and fd00::5/64 via static',
      {
        type: 'static',
        addresses: [{ address: '10.1.0.5/24', gateway: '10.1.0.1' }, { address: 'fd00::5/64' }],
      },
    ],
    ['addresses via static', { type: 'static' }],
    ['addresses via dhcp', { type: 'dhcp' }],
    ['addresses via spiderpool', { type: 'spiderpool' }],
    ['my-subnet via kube-ovn', { type: 'kube-ovn', subnet: 'my-subnet' }],
    ['L2 only', {}],
    ['L2 only', { type: '' }],
  ])('%s for its addresses', (addresses, ipam) => {
    expect(describePlugin({ type: 'macvlan', master: 'eth0', ipam }).summary).toBe(
      `macvlan on eth0, ${addresses}`,
    );
  });
});

describe('describeNetwork', () => {
  test.each([undefined, null, ''])('takes the spec %j for one that is configured on the nodes', (config) => {
    expect(describeNetwork(config, POOL)).toEqual({ kind: 'onNodes', summary: 'configured on the nodes' });
  });

  test.each([
    ['{"type":"bridge"', 'The configuration ends too early.'],
    ['{"type":"bridge"} # my bridge', 'The configuration has an unexpected "#" at character 19.'],
    ['{\n// comment\n"type":"bridge"}', 'The configuration has an unexpected "/" at character 3.'],
    ['{"type":"bridge",}', 'The configuration has an unexpected "}" at character 18.'],
    [' ', 'The configuration ends too early.'],
    ['[]', 'The configuration names no type of network.'],
    ['null', 'The configuration names no type of network.'],
    ['{}', 'The configuration names no type of network.'],
    ['{"type":5}', 'The configuration names no type of network.'],
    ['{"plugins":[]}', 'The configuration names no type of network.'],
    ['{"plugins":[{"name":"a"},{"type":"bridge"}]}', 'The configuration names no type of network.'],
    ['['.repeat(20_000), 'The configuration is nested more than 10000 levels deep.'],
    [{ type: 'bridge' }, 'The configuration is not a text.'],
    [5, 'The configuration is not a text.'],
  ])('cannot read %j', (config, reason) => {
    const expected: NetworkDescription = { kind: 'unreadable', reason, summary: 'unreadable configuration' };
    expect(describeNetwork(config, {})).toEqual(expected);
  });

  test('gives every fact by itself', () => {
    const config = {
      cniVersion: '0.3.1',
      name: 'whole',
      plugins: [
        {
          type: 'sriov',
          vlan: 5,
          mtu: 9000,
          trust: 'on',
          spoofchk: 'off',
          ipam: { type: 'whereabouts', range: '10.1.0.0/24' },
        },
        { type: 'tuning' },
        'odd',
        { type: 'sbr' },
      ],
    };
    expect(describePlugin(config, POOL)).toStrictEqual({
      kind: 'plugin',
      type: 'sriov',
      parent: 'intel.com/pool',
      vlan: '5',
      subnets: ['10.1.0.0/24'],
      ipam: 'whereabouts',
      details: ['MTU 9000', 'trust on', 'spoof check off'],
      chained: ['tuning', 'sbr'],
      summary: 'sriov on intel.com/pool, VLAN 5, 10.1.0.0/24 via whereabouts',
    });
  });

  test.each([
    [{ type: 'macvlan', mode: 'bridge', mtu: '1500' }, ['mode bridge', 'MTU 1500']],
    [
      { type: 'ovn-k8s-cni-overlay', topology: 'layer2', role: 'primary' },
      ['topology layer2', 'role primary'],
    ],
    [{ type: 'bridge', mtu: {}, mode: null, trust: '' }, []],
  ])('gives further facts of %j', (config, details) => {
    expect(describePlugin(config).details).toEqual(details);
  });

  test('takes a single plugin before a list of them, as Multus does', () => {
    expect(describePlugin({ type: 'macvlan', master: 'eth0', plugins: [{ type: 'bridge' }] })).toMatchObject({
      type: 'macvlan',
      chained: [],
    });
  });

  test('clips what is too long to read', () => {
    const { summary } = describePlugin({ type: 'macvlan', master: 'x'.repeat(1_000_000) });
    expect(summary).toBe(`macvlan on ${'x'.repeat(64)}…, L2 only`);
  });

  test('never throws, and always has one line to show', () => {
    const keys =
      'type plugins bridge master vlan vlanTrunk trunk ipam ranges range ipRanges addresses address ip';
    const key = fc.oneof(
      fc.constantFrom(...keys.split(' '), 'subnets', 'topology', 'name', '__proto__'),
      fc.string(),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'medium', withCrossShrink: true },
        fc.constantFrom(null, true, 0, -1, 1e300, '', 'bridge', '10.0.0.0/8/24,', '\ud800'),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.array(fc.tuple(key, tie('tree')), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
      ),
    }));
    const config = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.anything(),
      tree.map((value) => JSON.stringify(value)),
      tree.map((value) => JSON.stringify({ type: 'bridge', ...Object(value) })),
    );
    fc.assert(
      fc.property(config, fc.dictionary(fc.string(), fc.string()), (value, annotations) => {
        expect(describeNetwork(value, annotations).summary).not.toBe('');
      }),
      { numRuns: 1000 },
    );
  });
});
