/** From a request to its answer, after faults and authentication. */
import { negotiate } from './accept.ts';
import { ANONYMOUS, forbidden, isAllowed, review, type User } from './access.ts';
import type { Cluster } from './cluster.ts';
import type { Entry } from './entry.ts';
import { isObject, type WriteOptions } from './object-changes.ts';
import type { KubernetesObject } from './objects.ts';
import type { DeleteOptions } from './registry.ts';
import { type ApiRequest, numberFrom } from './request.ts';
import type { Resource } from './resources.ts';
import {
  badRequest,
  methodNotAllowed,
  PageNotFound,
  StatusError,
  success,
  unknownResource,
} from './statuses.ts';

export interface Reply {
  readonly code: number;
  readonly contentType: string;
  /** Sent one after the other. */
  readonly chunks: readonly string[];
}

export interface Call {
  readonly request: ApiRequest;
  readonly user: User;
  readonly accept: string | undefined;
  readonly contentType: string;
  readonly body: string;
}

const REVIEWS_PATH = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const GROUP_PATH = /^\/apis\/([^/]+)\/([^/]+)$/;
const PATCH_TYPE = 'application/merge-patch+json';
const VERSION = { major: '1', minor: '20', gitVersion: 'v1.20.0-in-memory', platform: 'in-memory' };

/** Answers everything but a watch. Throws StatusError. */
export function answer(cluster: Cluster, call: Call): Reply {
  const { request, user } = call;
  if (request.path === '/version') return jsonReply(200, JSON.stringify(VERSION));
  if (['/healthz', '/livez', '/readyz'].includes(request.path)) return textReply(200, 'ok');
  if (request.path === REVIEWS_PATH && request.method === 'POST') {
    return jsonReply(201, JSON.stringify(review(user, parseBody(call.body))));
  }
  const group = request.method === 'GET' ? GROUP_PATH.exec(request.path) : null;
  if (group !== null && user.name !== ANONYMOUS.name) return answerGroup(cluster, group);
  if (!request.verb) {
    if (isAllowed(user, { verb: '*', group: '*', resource: '*', namespace: '', name: '' })) {
      throw new PageNotFound();
    }
    throw new StatusError(
      403,
      'Forbidden',
      `forbidden: User "${user.name}" cannot get path "${request.path}"`,
      {},
    );
  }
  return answerResource(cluster, call, checkRequest(cluster, user, request));
}

/** Every user whom the server knows may ask whether a group is served. What is in it is not told. */
function answerGroup(cluster: Cluster, [, group = '', version = '']: readonly string[]): Reply {
  if (!cluster.servesGroup(group, version)) throw new PageNotFound();
  const list = { kind: 'APIResourceList', groupVersion: `${group}/${version}`, resources: [] };
  return jsonReply(200, JSON.stringify(list));
}

/** Gives the resource that is asked for. Throws 403 where the user may not, 404 for what is not served. */
export function checkRequest(cluster: Cluster, user: User, request: ApiRequest): Resource {
  const { known, group, version } = request;
  if (!isAllowed(user, request)) throw forbidden(user, request);
  if (!cluster.servesGroup(group, version)) throw new PageNotFound();
  if (!known || !cluster.served.has(known.kind)) throw unknownResource();
  return known;
}

function answerResource(cluster: Cluster, call: Call, resource: Resource): Reply {
  const { registry } = cluster;
  const { namespace, name, verb, query, resource: path } = call.request;
  const [, subresource] = path.split('/');
  if (subresource && !(subresource === 'status' && resource.kind === 'Pod')) throw unknownResource();
  // A namespace is read as if it were in itself (request.ts), but is stored in none.
  const scope = resource.namespaced ? namespace : '';
  switch (verb) {
    case 'list': {
      const form = negotiate(call.accept, 'list');
      const chunks = cluster.lists.page(
        resource,
        resource.namespaced ? namespace || undefined : undefined,
        query,
        form,
      );
      return { code: 200, contentType: 'application/json', chunks };
    }
    case 'get':
      return object(200, registry.read(resource, scope, name), call);
    case 'create':
      if (resource.namespaced && !namespace) throw methodNotAllowed();
      return object(201, registry.create(resource, scope, parseObject(call.body), writeOptions(call)), call);
    case 'update':
      return object(
        200,
        registry.update(resource, scope, name, parseObject(call.body), writeOptions(call)),
        call,
      );
    case 'patch':
      checkPatchType(call.contentType);
      return object(
        200,
        registry.patch(resource, scope, name, parseBody(call.body), writeOptions(call)),
        call,
      );
    case 'delete': {
      const { entry, isGone } = registry.delete(resource, scope, name, deleteOptions(call));
      if (!isGone || resource.kind === 'Pod') return object(200, entry, call);
      return jsonReply(200, JSON.stringify(success(resource, name, entry.object.metadata?.uid ?? '')));
    }
    default:
      throw methodNotAllowed();
  }
}

function object(code: number, entry: Entry, { accept }: Call): Reply {
  return jsonReply(code, entry.json(negotiate(accept, 'object')));
}

/** The field manager is told in the query, else it is the program's name in the User-Agent. */
function writeOptions({ request }: Call): WriteOptions {
  const manager = request.query.get('fieldManager') || request.userAgent.split('/')[0] || 'unknown';
  return { part: request.resource.endsWith('/status') ? 'status' : 'main', manager };
}

/** The body is a DeleteOptions, or there is none. */
function deleteOptions({ request, body }: Call): DeleteOptions {
  const { gracePeriodSeconds, preconditions } = body ? parseBody(body) : {};
  const uid = isObject(preconditions) ? preconditions.uid : undefined;
  return {
    gracePeriodSeconds:
      typeof gracePeriodSeconds === 'number'
        ? gracePeriodSeconds
        : numberFrom(request.query, 'gracePeriodSeconds'),
    uid: typeof uid === 'string' ? uid : undefined,
  };
}

function checkPatchType(contentType: string): void {
  if (contentType.split(';')[0]?.trim() === PATCH_TYPE) return;
  const message = `the body of the request was in an unknown format - accepted media types include: ${PATCH_TYPE}`;
  throw new StatusError(415, 'UnsupportedMediaType', message);
}

/** An object whose metadata can be relied on. */
function parseObject(body: string): KubernetesObject {
  const object = parseBody(body);
  const { metadata = {} } = object;
  if (typeof metadata !== 'object' || metadata === null) throw badRequest('metadata is not an object');
  for (const text of [metadata.name, metadata.generateName, metadata.namespace, metadata.resourceVersion]) {
    if (text !== undefined && typeof text !== 'string')
      throw badRequest('metadata has a field that is not text');
  }
  return object;
}

function parseBody(body: string): KubernetesObject {
  try {
    const parsed = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // Told below.
  }
  throw badRequest('the body of the request is not a JSON object');
}

function jsonReply(code: number, body: string): Reply {
  return { code, contentType: 'application/json', chunks: [body] };
}

function textReply(code: number, body: string): Reply {
  return { code, contentType: 'text/plain; charset=utf-8', chunks: [body] };
}
