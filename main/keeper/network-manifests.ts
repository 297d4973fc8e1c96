import { toYaml } from '../cluster/yaml.ts';
import type { NetworkObject } from '../guard/manifest.ts';
import { restorableManifest } from '../guard/manifest.ts';
import type { NetworkKey } from '../guard/users.ts';
import type { KnownNetworks } from './known-networks.ts';

/** The object that would be created for a network, as YAML; undefined where no copy of it is known. */
export function writeManifest(known: KnownNetworks, key: NetworkKey): string | undefined {
  const copy = known.get(key)?.copy;
  return copy && toYaml(inOrder(copy));
}

/** In the order in which people read a manifest. */
function inOrder(network: NetworkObject): object {
  const { apiVersion, kind, metadata, ...content } = restorableManifest(network);
  return { apiVersion, kind, metadata, ...content };
}
