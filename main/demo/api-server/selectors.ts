/**
 * Label and field selectors: comma lists of `key=value`, `key==value` and `key!=value`, all of which must hold.
 * Throws 400 in the server's words for everything else.
 */
import type { KubernetesObject } from './objects.ts';
import type { Resource } from './resources.ts';
import { badRequest } from './statuses.ts';

export type Predicate = (object: KubernetesObject) => boolean;

interface Requirement {
  readonly key: string;
  readonly equal: boolean;
  readonly value: string;
}

const REQUIREMENT = /^\s*([^=!,\s]+)\s*(==|=|!=)\s*([^=!,\s]*)\s*$/;

/** Undefined where there is nothing to select. */
export function parseSelectors(query: URLSearchParams, resource: Resource): Predicate | undefined {
  const predicates = [
    ...parseFieldSelector(query.get('fieldSelector') ?? '', resource),
    ...parseLabelSelector(query.get('labelSelector') ?? ''),
  ];
  if (predicates.length === 0) return undefined;
  return (object) => predicates.every((holds) => holds(object));
}

/** The name that the field selector asks for, where it asks for one. */
export function selectedName(query: URLSearchParams): string | undefined {
  const requirements = parts(query.get('fieldSelector') ?? '').map(parseRequirement);
  return requirements.find((each) => each?.key === 'metadata.name' && each.equal)?.value;
}

function parseFieldSelector(text: string, resource: Resource): Predicate[] {
  return parts(text).map((part) => {
    const requirement = parseRequirement(part);
    if (!requirement) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`);
    const { key, equal, value } = requirement;
    const read = fieldReader(key, resource);
    if (!read) throw badRequest(`field label not supported: ${key}`);
    return (object) => (read(object) === value) === equal;
  });
}

/** A label that is missing is unequal to every value. */
function parseLabelSelector(text: string): Predicate[] {
  return parts(text).map((part) => {
    const requirement = parseRequirement(part);
    if (!requirement) throw badRequest(`unable to parse requirement: ${part}`);
    const { key, equal, value } = requirement;
    return ({ metadata }) => (metadata?.labels?.[key] === value) === equal;
  });
}

function fieldReader(key: string, { kind }: Resource): ((object: KubernetesObject) => unknown) | undefined {
  if (key === 'metadata.name') return ({ metadata }) => metadata?.name;
  if (key === 'metadata.namespace') return ({ metadata }) => metadata?.namespace ?? '';
  if (key === 'status.phase' && (kind === 'Pod' || kind === 'Namespace')) {
    return ({ status }) => status?.phase ?? '';
  }
  return undefined;
}

function parts(text: string): string[] {
  return text === '' ? [] : text.split(',');
}

function parseRequirement(text: string): Requirement | undefined {
  const [, key, operator, value] = REQUIREMENT.exec(text) ?? [];
  if (key === undefined || value === undefined) return undefined;
  return { key, equal: operator !== '!=', value };
}
