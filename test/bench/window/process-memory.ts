import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/** Of the process that a page runs in, in bytes. */
export interface ProcessMemory {
  /** Shared with no other process. */
  readonly privateBytes: number;
  /** With its share of what several processes have in common, such as the program itself. */
  readonly proportionalBytes: number;
}

/** Of the largest renderer process: others of a browser with one page are spare ones, and empty. */
export async function pageProcessMemory(browser: Browser): Promise<ProcessMemory> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => readMemory(id));
  const [largest] = renderers.toSorted((one, other) => other.privateBytes - one.privateBytes);
  if (largest === undefined) throw new Error('Chromium has no process for the page.');
  return largest;
}

function readMemory(pid: number): ProcessMemory {
  return parseRollup(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
}

/** @param text of /proc/PID/smaps_rollup, see proc_pid_smaps(5) */
export function parseRollup(text: string): ProcessMemory {
  const bytesOf = (field: string) => {
    const [, kilobytes] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(text) ?? [];
    return Number(kilobytes) * 1_024;
  };
  return {
    privateBytes: bytesOf('Private_Clean') + bytesOf('Private_Dirty'),
    proportionalBytes: bytesOf('Pss'),
  };
}
