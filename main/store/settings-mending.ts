import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../contract/settings.ts';

export interface MendedSettings {
  readonly settings: Settings;
  /** What was left out, as paths of keys; those are back at their defaults. */
  readonly leftOut: readonly string[];
}

type Path = readonly PropertyKey[];

/**
 * The settings that a file's content gives: whatever is wrong or unknown in it is left out, and all the rest is kept.
 * One setting that a person mistyped, or that a newer version added, should not turn a cluster's mode back.
 * What is left out is taken out of `content` itself: a copy of hostile nesting would exceed the stack.
 */
export function mendSettings(content: Record<string, unknown>): MendedSettings {
  const leftOut: string[] = [];
  for (;;) {
    const parsed = settingsSchema.safeParse(content);
    if (parsed.success) return { settings: parsed.data, leftOut };
    const wrong = parsed.error.issues.flatMap((issue): Path[] =>
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
    );
    // The last of a list first: each removal moves those after it.
    const removed = wrong.toReversed().filter((path) => remove(content, path));
    if (removed.length === 0) return { settings: DEFAULT_SETTINGS, leftOut: ['everything'] };
    leftOut.push(...removed.toReversed().map((path) => path.map(String).join('.')));
  }
}

/** Takes out what is at the path, or says that there is nothing. */
function remove(root: unknown, path: Path): boolean {
  const key = path.at(-1);
  const parent = path.slice(0, -1).reduce(childOf, root);
  if (key === undefined || typeof parent !== 'object' || parent === null) return false;
  if (!Object.hasOwn(parent, key)) return false;
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
  return true;
}

function childOf(parent: unknown, key: PropertyKey): unknown {
  return typeof parent === 'object' && parent !== null ? Reflect.get(parent, key) : undefined;
}
