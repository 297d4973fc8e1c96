/** Runs the built command line in a clone, building it first if a source is newer; in this process, for its signals. */
import { pathToFileURL } from 'node:url';
import { buildIfNeeded, NETKEEPER } from './build-if-needed.ts';

buildIfNeeded();
await import(pathToFileURL(NETKEEPER).href);
