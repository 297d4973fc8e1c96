/** Tells whether another program keeps its things in the same folder: the two would overwrite each other's. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FolderLock {
  /** The process that has the folder already; undefined: we have it now. */
  readonly heldBy: number | undefined;
  /** Lets go of the folder, if we have it. */
  release(): void;
}

const NAME = 'in-use-by';

/**
 * Takes the folder for this process. A lock whose process has ended counts for nothing, however it ended; one whose
 * number was given to another process since looks held, so who is told of it should be warned, not stopped.
 */
export function lockFolder(directory: string): FolderLock {
  const file = join(directory, NAME);
  if (takes(directory, file)) return held(file);
  const holder = holderOf(file);
  if (holder !== undefined) return { heldBy: holder, release: () => {} };
  remove(file);
  return takes(directory, file) ? held(file) : { heldBy: holderOf(file), release: () => {} };
}

function held(file: string): FolderLock {
  return { heldBy: undefined, release: () => remove(file) };
}

/** False where there is a lock, or none can be made: what keeps us from writing here, the stores will tell. */
function takes(directory: string, file: string): boolean {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch {
    return false;
  }
}

/** A lock that cannot be removed counts for nothing once we have ended. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // See above.
  }
}

/** The process that the lock names, if it is running. */
function holderOf(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return undefined;
    return isRunning(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process runs all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
