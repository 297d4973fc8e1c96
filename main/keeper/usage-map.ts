import type { UsageMap } from '../contract/networks.ts';
import { MOST_MAP_USERS } from '../contract/networks.ts';
import type { Owner } from '../guard/owners.ts';
import type { UsageIndex } from '../guard/usage.ts';
import type { NetworkKey, NetworkUser } from '../guard/users.ts';
import { WORKLOAD_KINDS } from '../guard/users.ts';
import { splitKey } from './messages.ts';

/** A workload with the pods that it made, or a pod that nothing made. */
interface MapUser {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly pods: NetworkUser[];
  /** The workload itself, where its template names a network. */
  template?: NetworkUser;
}

/**
 * Who uses which network: a workload and its pods are one user. The users with the most pods come first, and those
 * beyond MOST_MAP_USERS are counted alone. A reference that may mean either of two networks counts for those that
 * `isKnown` knows.
 */
export function mapUsage(usage: UsageIndex, isKnown: (network: NetworkKey) => boolean): UsageMap {
  const isMeant: IsMeant = ({ network, ambiguous }) => !ambiguous || isKnown(network);
  const { workloads, lonePods } = gather(usage, isMeant);
  const withPods = workloads.filter(({ pods }) => pods.length > 0);
  // By a number alone: to compare names would take longer than all the rest.
  withPods.sort((one, other) => other.pods.length - one.pods.length);
  // Of a hundred thousand only those that are told are made anything of.
  const lone = lonePods.slice(0, MOST_MAP_USERS).map(toLoneUser);
  const templatesOnly = workloads.filter(({ pods }) => pods.length === 0);
  const told = [...withPods, ...lone, ...templatesOnly].slice(0, MOST_MAP_USERS);
  return {
    users: told.map(({ kind, namespace, name, pods }) => ({ kind, namespace, name, pods: pods.length })),
    links: linkAll(told, isMeant),
    omittedUsers: workloads.length + lonePods.length - told.length,
  };
}

type IsMeant = (attachment: NetworkUser['attachments'][number]) => boolean;

interface Gathered {
  readonly workloads: readonly MapUser[];
  readonly lonePods: readonly NetworkUser[];
}

function gather(usage: UsageIndex, isMeant: IsMeant): Gathered {
  const workloads = new Map<string, MapUser>();
  const find = (kind: string, namespace: string, name: string): MapUser => {
    const id = `${namespace}/${name}/${kind}`;
    const user = workloads.get(id) ?? { kind, namespace, name, pods: [] };
    workloads.set(id, user);
    return user;
  };
  // Pods of one maker share the owner: to find their user by it is far quicker than by its name.
  const byOwner = new Map<string, Map<Owner, MapUser>>();
  const lonePods: NetworkUser[] = [];
  for (const pod of usage.users('Pod')) {
    const { namespace, owner } = pod;
    if (!pod.attachments.some(isMeant)) continue;
    if (owner === undefined) {
      lonePods.push(pod);
      continue;
    }
    const owners = byOwner.get(namespace) ?? new Map<Owner, MapUser>();
    if (owners.size === 0) byOwner.set(namespace, owners);
    const known = owners.get(owner);
    if (known !== undefined) {
      known.pods.push(pod);
      continue;
    }
    const maker = usage.makerOf(pod) ?? owner;
    const user = find(maker.kind, namespace, maker.name);
    user.pods.push(pod);
    owners.set(owner, user);
  }
  for (const kind of WORKLOAD_KINDS) {
    for (const workload of usage.users(kind)) {
      if (workload.attachments.some(isMeant))
        find(kind, workload.namespace, workload.name).template = workload;
    }
  }
  return { workloads: [...workloads.values()], lonePods };
}

function toLoneUser(pod: NetworkUser): MapUser {
  const { kind, namespace, name } = pod;
  return { kind, namespace, name, pods: [pod] };
}

function linkAll(users: readonly MapUser[], isMeant: IsMeant): UsageMap['links'] {
  const links: UsageMap['links'] = [];
  // The names of a network are the same texts in all its links.
  const names = new Map<NetworkKey, { readonly namespace: string; readonly name: string }>();
  for (const [user, { pods, template }] of users.entries()) {
    for (const [network, attachments] of countAttachments(pods, template, isMeant)) {
      const known = names.get(network) ?? splitKey(network);
      names.set(network, known);
      links.push({ namespace: known.namespace, name: known.name, user, attachments });
    }
  }
  return links;
}

/** Attachments of the living pods by network; 0 where only the template refers to the network. */
function countAttachments(
  pods: readonly NetworkUser[],
  template: NetworkUser | undefined,
  isMeant: IsMeant,
): Map<NetworkKey, number> {
  const counts = new Map<NetworkKey, number>();
  for (const pod of pods) {
    for (const attachment of pod.attachments) {
      if (!isMeant(attachment)) continue;
      counts.set(attachment.network, (counts.get(attachment.network) ?? 0) + 1);
    }
  }
  for (const attachment of template?.attachments ?? []) {
    if (isMeant(attachment) && !counts.has(attachment.network)) counts.set(attachment.network, 0);
  }
  return counts;
}
