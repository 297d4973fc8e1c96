import { ApiError } from './api.ts';

/** etcd refuses objects over 1.5 MiB; anything much longer than that in one line is not a watch event. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;
const NEWLINE = 10;

/** Cuts the body of a watch into its lines, whatever the chunks are. */
export class WatchLines {
  #rest: Uint8Array[] = [];
  #restBytes = 0;

  /** The lines that end in this chunk, without their newline. Throws ApiError on an endless line. */
  push(chunk: Uint8Array): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#keep(chunk.subarray(start, end));
      lines.push(this.#take());
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
    return lines;
  }

  #keep(part: Uint8Array): void {
    if (part.length === 0) return;
    this.#rest.push(part);
    this.#restBytes += part.length;
    if (this.#restBytes > LONGEST_LINE_BYTES)
      throw new ApiError('badAnswer', 'The watch sent a line without end.');
  }

  #take(): string {
    const line = Buffer.concat(this.#rest).toString('utf8');
    this.#rest = [];
    this.#restBytes = 0;
    return line;
  }
}
