import type { DemoFlags } from './arguments.ts';
import type { Host } from './host.ts';
export async function demo(_flags: DemoFlags, _host: Host): Promise<number> {
  return 1;
}
