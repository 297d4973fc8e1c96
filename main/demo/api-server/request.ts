/** What a request asks for, read from its method, path and headers. */
import type { IncomingMessage } from 'node:http';
import type { Attributes } from './access.ts';
import { ALL_RESOURCES, type Resource } from './resources.ts';
import { badRequest, methodNotAllowed } from './statuses.ts';

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

export interface ApiRequest extends Attributes {
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Empty for a path that names no resource, such as /version; so are `resource` and `verb` then. */
  readonly verb: Verb | '';
  /** Undefined for what this server does not know. */
  readonly known: Resource | undefined;
  readonly version: string;
  readonly userAgent: string;
}

const RESOURCE_PATH =
  /^\/(?:api|apis\/([^/]+))\/([^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/;
const NAMESPACE_PATH = /^\/api\/v1\/namespaces\/([^/]+)$/;

/** Throws 400 for a path that is none. */
export function readRequest(message: IncomingMessage): ApiRequest {
  const method = message.method ?? 'GET';
  const { pathname: path, searchParams: query } = parseUrl(message.url ?? '/');
  const parts = readPath(path);
  const { group, version, resource, subresource, name, namespace } = parts;
  const isReview = resource === 'selfsubjectaccessreviews';
  return {
    method,
    path,
    query,
    group,
    version,
    namespace,
    name,
    verb: resource && !isReview ? verbOf(method, name, query) : '',
    resource: subresource ? `${resource}/${subresource}` : resource,
    known: ALL_RESOURCES.find(
      (each) => each.group === group && each.version === version && each.plural === resource,
    ),
    userAgent: message.headers['user-agent'] ?? '',
  };
}

function readPath(path: string) {
  const none = { group: '', version: '', resource: '', subresource: '', name: '', namespace: '' };
  const [, single] = NAMESPACE_PATH.exec(path) ?? [];
  // As in Kubernetes, one namespace is in the namespace of its own name.
  if (single)
    return {
      ...none,
      version: 'v1',
      resource: 'namespaces',
      name: decode(single),
      namespace: decode(single),
    };
  const [, group = '', version, namespace = '', resource, name = '', subresource = ''] =
    RESOURCE_PATH.exec(path) ?? [];
  if (!version || !resource) return none;
  return { group, version, resource, subresource, name: decode(name), namespace: decode(namespace) };
}

function verbOf(method: string, name: string, query: URLSearchParams): Verb {
  const isWatch = ['1', 'true'].includes(query.get('watch') ?? '');
  switch (method) {
    case 'GET':
      if (name) return 'get';
      return isWatch ? 'watch' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return name ? 'delete' : 'deletecollection';
    default:
      throw methodNotAllowed();
  }
}

/** A whole number from the query; undefined where there is none. Throws 400 for another text. */
export function numberFrom(query: URLSearchParams, key: string): number | undefined {
  const text = query.get(key) ?? '';
  if (text === '') return undefined;
  if (!/^\d{1,15}$/.test(text)) {
    throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
  }
  return Number(text);
}

function parseUrl(url: string): URL {
  try {
    return new URL(url, 'http://localhost');
  } catch {
    throw badRequest('the request has no valid URL');
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest('the path is not valid');
  }
}
