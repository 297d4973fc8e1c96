import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { builtNetkeeper } from '../support/build.ts';
import { ownEnvironment, startNetkeeper, temporaryFolder } from '../support/netkeeper-process.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const schema = JSON.parse(readFileSync(join(ROOT, 'docs', 'events.schema.json'), 'utf8'));
const validate = new Ajv2020({ allErrors: true }).compile(schema);

describe('the demo', { timeout: 60_000 }, () => {
  test('plays its whole story in lines that hold to the documented schema', async () => {
    const demo = startNetkeeper(['demo', '-o', 'json']);
    await demo.line({ event: 'held', context: 'demo-west', namespace: 'vms', name: 'tenant-blue' });
    expect(await demo.end('SIGINT')).toEqual({ code: 0, signal: null });

    for (const line of demo.lines) expect(validate(line), JSON.stringify([line, validate.errors])).toBe(true);
    const told = (name: string) => demo.lines.filter((line) => line.name === name).map(({ event }) => event);
    expect(told('ceph-public')).toEqual(['deleted', 'restored']);
    expect(told('old-dmz')).toEqual(['deleted', 'letGo']);
    expect(told('scratch')).toEqual(['deleted', 'letGo']);
    expect(told('bench')).toEqual(['deleted', 'restored', 'stray']);
    expect(told('preview')).toEqual(['deleted', 'letGo']);
    const fight = [...Array(3).fill(['deleted', 'restored']), 'deleted', 'held'].flat();
    expect(told('tenant-blue')).toEqual(fight);
  });

  test('ends with exit code 0 on Ctrl-C under npm, and leaves nothing in the home folder', async () => {
    builtNetkeeper();
    const home = temporaryFolder();
    // A process group of its own stands for the terminal's foreground group, which all get Ctrl-C.
    const npm = spawn('npm', ['run', '-s', 'demo'], {
      cwd: ROOT,
      env: {
        ...ownEnvironment(home),
        npm_config_cache: join(home, 'npm'),
        npm_config_update_notifier: 'false',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const { pid } = npm;
    if (pid === undefined) throw new Error('npm did not start.');
    onTestFinished(() => void npm.kill('SIGKILL'));
    let output = '';
    for await (const chunk of npm.stdout.setEncoding('utf8')) {
      output += chunk;
      if (/ ↩ restored {6}Brought back storage\/ceph-public: 14 pods use it/.test(output)) break;
    }
    const closed = once(npm, 'exit');
    process.kill(-pid, 'SIGINT');
    expect(await closed).toEqual([0, null]);
    expect(readdirSync(home).filter((name) => name !== 'npm')).toEqual([]);
  });
});
