/**
 * The floor, as a process of its own: what a deletion costs with nothing but one watch and one POST, both on warm
 * connections. It decides nothing and confirms nothing, so no program that does can be faster.
 * Takes FloorOptions as JSON in its only argument, says `ready` to its parent, and ends with it.
 */

import type { Target } from '../support/http.ts';
import { networksIn } from '../support/objects.ts';
import { Client } from './client.ts';

export interface FloorOptions {
  readonly target: Target;
  readonly namespace: string;
}

/** On kube-apiserver 8 to 64 connections, and one of HTTP/2, were equally fast for 200 at once. */
const CONNECTIONS = 16;

const { target, namespace }: FloorOptions = JSON.parse(process.argv[2] ?? '');
const path = networksIn(namespace);
const posts = new Client(target, CONNECTIONS);
process.on('disconnect', () => process.exit());

const { metadata } = JSON.parse(await posts.request('GET', path));
await new Client(target, 1).watch(path, metadata.resourceVersion, ({ type, object }) => {
  if (type !== 'DELETED') return;
  const { apiVersion, kind, spec } = object;
  const { name, labels, annotations } = object.metadata ?? {};
  const body = { apiVersion, kind, metadata: { name, namespace, labels, annotations }, spec };
  void posts.request('POST', path, body);
});
await Promise.all(Array.from({ length: CONNECTIONS }, () => posts.request('GET', `${path}?limit=1`)));
process.send?.('ready');
