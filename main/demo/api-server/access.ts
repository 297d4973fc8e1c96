/** Who may do what: users by bearer token with RBAC-like rules, and SelfSubjectAccessReview from the same rules. */
import { qualified } from './resources.ts';
import { StatusError, unauthorized } from './statuses.ts';

/** A PolicyRule of RBAC, for one namespace or for all. `*` stands for everything. */
export interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly namespace?: string;
}

export interface User {
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** What a request wants; `resource` may have a subresource (`pods/status`). */
export interface Attributes {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** Empty for all namespaces. */
  readonly namespace: string;
  readonly name: string;
}

export const ALL_RULES: readonly Rule[] = [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }];

export const ANONYMOUS: User = { name: 'system:anonymous', rules: [] };
const UNRESTRICTED: User = { name: 'admin', rules: ALL_RULES };

export class Access {
  /** By bearer token. */
  readonly #users: Map<string, User>;
  /** Without users, every request is allowed. */
  #isOpen: boolean;

  constructor(users: Readonly<Record<string, User>>) {
    this.#users = new Map(Object.entries(users));
    this.#isOpen = this.#users.size === 0;
  }

  /** Undefined revokes the token. */
  setUser(token: string, user: User | undefined): void {
    this.#isOpen = false;
    if (user) this.#users.set(token, user);
    else this.#users.delete(token);
  }

  /** Throws 401 for a token that is not known. */
  authenticate(authorization: string | undefined): User {
    if (this.#isOpen) return UNRESTRICTED;
    if (!authorization) return ANONYMOUS;
    const user = this.#users.get(authorization.replace(/^Bearer /, ''));
    if (!user) throw unauthorized();
    return user;
  }
}

export function isAllowed(user: User, attributes: Attributes): boolean {
  return user.rules.some(
    (rule) =>
      includes(rule.verbs, attributes.verb) &&
      includes(rule.apiGroups, attributes.group) &&
      includes(rule.resources, attributes.resource) &&
      (rule.namespace === undefined || rule.namespace === attributes.namespace),
  );
}

export function forbidden(user: User, { verb, group, resource, namespace, name }: Attributes): StatusError {
  const plural = resource.split('/')[0] ?? '';
  const subject = `${qualified(plural, group)}${name && ` "${name}"`}`;
  const scope = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope';
  const what = `cannot ${verb} resource "${resource}" in API group "${group}" ${scope}`;
  const details = { ...(name && { name }), ...(group && { group }), kind: plural };
  return new StatusError(403, 'Forbidden', `${subject} is forbidden: User "${user.name}" ${what}`, details);
}

/** The answer to a SelfSubjectAccessReview. */
export function review(user: User, body: unknown): object {
  const spec = field(body, 'spec');
  const attributes = field(spec, 'resourceAttributes');
  const text = (key: string) => String(field(attributes, key) ?? '');
  const subresource = text('subresource');
  const allowed = isAllowed(user, {
    verb: text('verb'),
    group: text('group'),
    resource: subresource ? `${text('resource')}/${subresource}` : text('resource'),
    namespace: text('namespace'),
    name: text('name'),
  });
  return {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: { creationTimestamp: null },
    spec,
    status: { allowed },
  };
}

function includes(list: readonly string[], wanted: string): boolean {
  return list.includes('*') || list.includes(wanted);
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
