/** Failures in Kubernetes' own words (apimachinery, pkg/api/errors/errors.go). */
import { qualified, type Resource } from './resources.ts';

export interface StatusCause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

/** Status of meta/v1. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: Readonly<Record<string, never>>;
  readonly status: 'Failure' | 'Success';
  readonly message?: string;
  readonly reason?: string;
  readonly details?: StatusDetails;
  readonly code?: number;
}

export class StatusError extends Error {
  override readonly name = 'StatusError';
  readonly code: number;
  readonly status: Status;

  constructor(code: number, reason: string | undefined, message: string, details?: StatusDetails) {
    super(message);
    this.code = code;
    this.status = {
      ...{ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message },
      ...(reason && { reason }),
      ...(details && { details }),
      code,
    };
  }
}

/** A path that the server does not know at all; it is told in plain text. */
export class PageNotFound extends Error {
  override readonly name = 'PageNotFound';
}

export function success(resource: Resource, name: string, uid: string): Status {
  const details = { ...about(resource, name), uid };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

export function unauthorized(): StatusError {
  return new StatusError(401, 'Unauthorized', 'Unauthorized');
}

export function notFound(resource: Resource, name: string): StatusError {
  return new StatusError(404, 'NotFound', `${quoted(resource, name)} not found`, about(resource, name));
}

export function unknownResource(): StatusError {
  return new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});
}

export function methodNotAllowed(): StatusError {
  const message = 'the server does not allow this method on the requested resource';
  return new StatusError(405, 'MethodNotAllowed', message, {});
}

export function alreadyExists(resource: Resource, name: string, isBeingDeleted: boolean): StatusError {
  const message = `${isBeingDeleted ? 'object is being deleted: ' : ''}${quoted(resource, name)} already exists`;
  return new StatusError(409, 'AlreadyExists', message, about(resource, name));
}

export function conflict(resource: Resource, name: string): StatusError {
  const why = 'the object has been modified; please apply your changes to the latest version and try again';
  const message = `Operation cannot be fulfilled on ${quoted(resource, name)}: ${why}`;
  return new StatusError(409, 'Conflict', message, about(resource, name));
}

/** A deletion was meant for an object of another uid. It is the one failure that names the kind, not the resource. */
export function uidConflict(
  { kind, group }: Resource,
  name: string,
  asked: string,
  own: string,
): StatusError {
  const why =
    `the UID in the precondition (${asked}) does not match the UID in record (${own}). ` +
    'The object might have been deleted and then recreated';
  const message = `Operation cannot be fulfilled on ${qualified(kind, group)} "${name}": ${why}`;
  return new StatusError(409, 'Conflict', message, { name, ...(group && { group }), kind });
}

export function namespaceTerminating(resource: Resource, name: string, namespace: string): StatusError {
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const cause = {
    reason: 'NamespaceTerminating',
    message: `namespace ${namespace} is being terminated`,
    field: 'metadata.namespace',
  };
  return new StatusError(403, 'Forbidden', `${quoted(resource, name)} is forbidden: ${why}`, {
    ...about(resource, name),
    causes: [cause],
  });
}

export function nameRequired({ kind, group }: Resource): StatusError {
  const message = 'Required value: name or generateName is required';
  const cause = { reason: 'FieldValueRequired', message, field: 'metadata.name' };
  return new StatusError(
    422,
    'Invalid',
    `${qualified(kind, group)} "" is invalid: metadata.name: ${message}`,
    {
      ...(group && { group }),
      kind,
      causes: [cause],
    },
  );
}

export function versionRequired(resource: Resource, name: string): StatusError {
  const message = 'Invalid value: 0x0: must be specified for an update';
  const cause = { reason: 'FieldValueInvalid', message, field: 'metadata.resourceVersion' };
  const text = `${quoted(resource, name)} is invalid: metadata.resourceVersion: ${message}`;
  return new StatusError(422, 'Invalid', text, { ...about(resource, name), causes: [cause] });
}

/** The server has forgotten what was between the given version and now. */
export function tooOldVersion(version: number, oldest: number): StatusError {
  return new StatusError(410, 'Expired', `too old resource version: ${version} (${oldest})`);
}

export function tooOldContinue(): StatusError {
  const message =
    'The provided continue parameter is too old to display a consistent list result. ' +
    'You must start a new list without the continue parameter.';
  return new StatusError(410, 'Expired', message);
}

function about({ group, plural }: Resource, name: string): StatusDetails {
  return { name, ...(group && { group }), kind: plural };
}

function quoted({ group, plural }: Resource, name: string): string {
  return `${qualified(plural, group)} "${name}"`;
}
