import { dumpYaml } from '@kubernetes/client-node';

/**
 * An object of JSON as YAML, for people and for kubectl: its keys in their own order, no line folded, and every text
 * quoted that YAML would take for something else (`yes`, `0777`, `1:30`). Undefined for one that is nested too deep to
 * be written.
 */
export function toYaml(object: object): string | undefined {
  try {
    // Key by key: of a whole Kubernetes object client-node would write only the metadata that it knows, sorted.
    const parts = Object.entries(object).map(([key, value]) =>
      dumpYaml({ [key]: value }, { lineWidth: -1, noRefs: true }),
    );
    return parts.length === 0 ? '{}\n' : parts.join('');
  } catch (error) {
    // The writer calls itself once a level.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
