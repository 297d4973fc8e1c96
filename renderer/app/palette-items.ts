import type { ContextMode, ContextView } from '../../main/contract/contexts.ts';
import { modeSchema } from '../../main/contract/contexts.ts';
import type { FoundUser, NetworkName, NetworkView } from '../../main/contract/networks.ts';
import { spellOut } from '../format.ts';
import { actionsFor } from '../state/networks.ts';
import type { View } from '../state/view-state.ts';
import { VIEWS } from '../state/view-state.ts';
import type { WindowState } from '../state/window-state.ts';
import { strings } from '../strings.ts';

/** What choosing an item does. */
export type PaletteAction =
  | { readonly do: 'look'; readonly context: string }
  | { readonly do: 'show'; readonly network: NetworkName }
  | { readonly do: 'open'; readonly view: View }
  | { readonly do: 'setMode'; readonly context: string; readonly mode: ContextMode }
  | { readonly do: 'restore'; readonly network: NetworkView }
  | { readonly do: 'pause' | 'resume' | 'reload' };

export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  /** Where it is, or what it is. */
  readonly hint: string;
  readonly action: PaletteAction;
}

export interface PaletteSection {
  readonly title: string;
  readonly items: readonly PaletteItem[];
}

const MOST_OF_A_KIND = 8;
const text = strings.palette;
const WORD_BREAK = /\s+/;

/** What there is for the words typed: each item holds all of them, whatever their case. Sections that are empty are left out. */
export function findPaletteItems(
  typed: string,
  state: Pick<WindowState, 'contexts' | 'networks' | 'settings'>,
  users: readonly FoundUser[],
): readonly PaletteSection[] {
  const matches = matcher(typed);
  const nameOf = namesOf(state.contexts);
  const sections = [
    { title: text.contexts, items: take(contextItems(state.contexts), matches) },
    { title: text.networks, items: take(networkItems(state.networks.values(), nameOf), matches) },
    { title: text.users, items: users.slice(0, MOST_OF_A_KIND).flatMap((user) => userItem(user, nameOf)) },
    { title: text.actions, items: take(actionItems(state, nameOf), matches) },
  ];
  return sections.filter(({ items }) => items.length > 0);
}

type Matcher = (item: PaletteItem) => boolean;

function matcher(typed: string): Matcher {
  const words = typed.toLowerCase().split(WORD_BREAK).filter(Boolean);
  return ({ label, hint }) => {
    const hay = `${label} ${hint}`.toLowerCase();
    return words.every((word) => hay.includes(word));
  };
}

/** The first few that match; the rest of what could be offered is never made. */
function take(items: Iterable<PaletteItem>, matches: Matcher): PaletteItem[] {
  const taken: PaletteItem[] = [];
  for (const item of items) {
    if (matches(item)) taken.push(item);
    if (taken.length === MOST_OF_A_KIND) break;
  }
  return taken;
}

type NameOf = (context: string) => string;

function namesOf(contexts: readonly ContextView[]): NameOf {
  const names = new Map(contexts.map(({ id, label, name }) => [id, spellOut(label ?? name)]));
  return (id) => names.get(id) ?? '';
}

function* contextItems(contexts: readonly ContextView[]): Iterable<PaletteItem> {
  for (const { id, label, name, phase } of contexts) {
    yield {
      id: `context ${id}`,
      label: text.look(spellOut(label ?? name)),
      hint: strings.phases[phase],
      action: { do: 'look', context: id },
    };
  }
}

function* networkItems(networks: Iterable<NetworkView>, nameOf: NameOf): Iterable<PaletteItem> {
  for (const network of networks) {
    const { context, namespace, name, state } = network;
    yield {
      id: `network ${context} ${namespace}/${name}`,
      label: spellOut(`${namespace}/${name}`),
      hint: `${nameOf(context)} · ${strings.states[state]}`,
      action: { do: 'show', network: { context, namespace, name } },
    };
  }
}

/** A user is shown through the first network that it names. */
function userItem({ context, kind, namespace, name, networks }: FoundUser, nameOf: NameOf): PaletteItem[] {
  const [first] = networks;
  if (first === undefined) return [];
  const uses = networks.map((network) => spellOut(`${network.namespace}/${network.name}`)).join(', ');
  return [
    {
      id: `user ${context} ${kind} ${namespace}/${name}`,
      label: spellOut(`${namespace}/${name}`),
      hint: `${strings.userKinds[kind]} · ${nameOf(context)} · ${uses}`,
      action: { do: 'show', network: { context, ...first } },
    },
  ];
}

function* actionItems(
  { contexts, networks, settings }: Pick<WindowState, 'contexts' | 'networks' | 'settings'>,
  nameOf: NameOf,
): Iterable<PaletteItem> {
  for (const network of networks.values()) {
    if (!actionsFor(network.state).restore) continue;
    const label = text.restore(spellOut(`${network.namespace}/${network.name}`), nameOf(network.context));
    yield { id: label, label, hint: strings.states[network.state], action: { do: 'restore', network } };
  }
  for (const view of VIEWS) {
    const label = text.view(strings.views[view]);
    yield { id: label, label, hint: '', action: { do: 'open', view } };
  }
  const { pause, resume } = strings.pause;
  if (settings.pausedUntil === undefined)
    yield { id: 'pause', label: pause, hint: '', action: { do: 'pause' } };
  else yield { id: 'resume', label: resume, hint: '', action: { do: 'resume' } };
  yield { id: 'reload', label: strings.actions.lookAgain, hint: '', action: { do: 'reload' } };
  for (const context of contexts) {
    for (const mode of modeSchema.options) {
      if (mode === context.mode) continue;
      const id = `mode ${mode} ${context.id}`;
      const label = text.mode(nameOf(context.id), mode);
      yield {
        id,
        label,
        hint: strings.modeMeanings[mode],
        action: { do: 'setMode', context: context.id, mode },
      };
    }
  }
}
