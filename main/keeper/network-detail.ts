import type { JournalEntry } from '../contract/journal.ts';
import type { NetworkDetail, NetworkUserView, NetworkView } from '../contract/networks.ts';
import type { UsageIndex } from '../guard/usage.ts';
import type { Attachment, NetworkKey, NetworkUser } from '../guard/users.ts';
import { writeManifest } from './network-manifests.ts';
import type { Session } from './session.ts';

const MOST_USERS = 1_000;
const MOST_HISTORY = 200;

/** All that is known of one network. Without a session: what was last shown of it, and its history. */
export function readNetworkDetail(
  network: NetworkView,
  key: NetworkKey,
  session: Session | undefined,
  journal: readonly JournalEntry[],
): NetworkDetail {
  return {
    network,
    ...(session === undefined ? WITHOUT_SESSION : readSession(session, key)),
    userCount: network.pods + network.workloads,
    history: historyOf(network, journal),
  };
}

type OfSession = Omit<NetworkDetail, 'network' | 'userCount' | 'history'>;

const WITHOUT_SESSION: OfSession = { canUndo: false, users: [] };

function readSession(session: Session, key: NetworkKey): OfSession {
  const { known } = session;
  const config = known.get(key)?.copy.spec?.config;
  const previousConfig = known.replacedConfig(key);
  const manifest = writeManifest(known, key);
  const ifDeleted = session.forecast(key);
  return {
    ...(typeof config === 'string' && { config }),
    ...(previousConfig !== undefined && { previousConfig }),
    ...(manifest !== undefined && { manifest }),
    ...(ifDeleted !== undefined && { ifDeleted: { action: ifDeleted.action, why: ifDeleted.why } }),
    canUndo: session.canUndo(key),
    users: firstUsers(session, key),
  };
}

/** Pods first. */
function firstUsers({ usage }: Session, key: NetworkKey): NetworkUserView[] {
  const users: NetworkUserView[] = [];
  for (const group of [usage.pods(key), usage.templates(key)]) {
    for (const user of group) {
      if (users.length === MOST_USERS) return users;
      users.push(viewUser(user, key, usage));
    }
  }
  return users;
}

function viewUser(user: NetworkUser, key: NetworkKey, usage: UsageIndex): NetworkUserView {
  const { kind, namespace, name, attachments } = user;
  const owner = usage.makerOf(user);
  const ours = attachments.filter(({ network }) => network === key);
  return {
    kind,
    namespace,
    name,
    ...(owner !== undefined && { owner: { kind: owner.kind, name: owner.name } }),
    attachments: ours.map(viewAttachment),
  };
}

function viewAttachment(attachment: Attachment): NetworkUserView['attachments'][number] {
  const { interface: device, ips = [], mac, isStatusOnly = false, isAttached = false } = attachment;
  return {
    ...(device !== undefined && { interface: device }),
    ips: [...ips],
    ...(mac !== undefined && { mac }),
    isAsked: !isStatusOnly,
    isAttached,
  };
}

/** Newest first. */
function historyOf(network: NetworkView, journal: readonly JournalEntry[]): JournalEntry[] {
  const { context, namespace, name } = network;
  const isAbout = (entry: JournalEntry) =>
    entry.name === name && entry.namespace === namespace && entry.context === context;
  return journal.filter(isAbout).slice(-MOST_HISTORY).reverse();
}
