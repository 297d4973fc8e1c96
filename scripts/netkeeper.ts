/** Runs the built command line in a clone, building it first if a source is newer; in this process, for its signals. */
import { pathToFileURL } from 'node:url';
import { buildIfNeeded, buildWindowIfNeeded, NETKEEPER } from './build-if-needed.ts';

if (process.argv[2] === 'serve') buildWindowIfNeeded();
buildIfNeeded();
await import(pathToFileURL(NETKEEPER).href);
