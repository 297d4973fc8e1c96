/** Which form of an object the client accepts: `application/json`, whole or `as=PartialObjectMetadata(List)`. */
import type { Form } from './entry.ts';
import { StatusError } from './statuses.ts';

/** What is answered: one object, a list, or the events of a watch. */
export type Shape = 'object' | 'list' | 'watch';

const JSON_TYPES = ['application/json', 'application/*', '*/*'];

/** The first form of the Accept header that can be served. Throws 406 (and 500, as the real server does). */
export function negotiate(accept: string | undefined, shape: Shape): Form {
  for (const range of (accept || '*/*').split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    if (!JSON_TYPES.includes(type)) continue;
    const { as, g, v } = Object.fromEntries(parameters.map((parameter) => parameter.split('=')));
    if (as === undefined) return 'whole';
    if (g !== 'meta.k8s.io' || v !== 'v1') continue;
    if (as === 'PartialObjectMetadata') return partial(shape);
    if (as === 'PartialObjectMetadataList') return partialList(shape);
  }
  throw new StatusError(406, 'NotAcceptable', '406: Not Acceptable', {});
}

function partial(shape: Shape): Form {
  if (shape !== 'list') return 'partial';
  throw new StatusError(
    406,
    'NotAcceptable',
    'you requested PartialObjectMetadata, but the requested object is a list',
  );
}

function partialList(shape: Shape): Form {
  if (shape === 'list') return 'partial';
  throw new StatusError(500, undefined, 'content is not a list');
}
