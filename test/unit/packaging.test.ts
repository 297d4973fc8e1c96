import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TrayIcon } from '../../main/desktop/tray-model.ts';
import { BUILDER, filesIn, fusesOf, pack, ROOT } from '../support/packed-app.ts';
import { type Pixel, pngPixels, pngSize } from '../support/png.ts';

const ICONS = join(ROOT, 'assets', 'icons');

describe('electron-builder.yml', () => {
  test('is as the schema of the builder has it', () => {
    const schemaFile = join(dirname(BUILDER.resolve('app-builder-lib/package.json')), 'scheme.json');
    // The schema has keywords of the builder's own.
    const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schemaFile, 'utf8')));
    validate(readConfiguration());
    expect(validate.errors).toBeNull();
    expect(validate({ appId: 'io.example', oneClick: true })).toBe(false);
  });

  test('names only files that are there', () => {
    const named = z.object({ icon: z.string() });
    const { linux, win, mac, extraResources } = z
      .object({ linux: named, win: named, mac: named, extraResources: z.array(z.string()) })
      .parse(readConfiguration());
    for (const file of [linux.icon, win.icon, mac.icon, ...extraResources]) {
      expect(existsSync(join(ROOT, file)), file).toBe(true);
    }
  });

  test('has the id that the program tells Windows', () => {
    const { appId } = z.object({ appId: z.string() }).parse(readConfiguration());
    expect(readFileSync(join(ROOT, 'main', 'desktop', 'app.ts'), 'utf8')).toContain(
      `setAppUserModelId('${appId}')`,
    );
  });
});

describe('the builder, with a stand-in for Electron', () => {
  let project: string;
  let resources: string;
  let program: Buffer;

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), 'netkeeper-packaging-'));
    const unpacked = pack(project);
    resources = join(unpacked, 'resources');
    program = readFileSync(join(unpacked, 'netkeeper'));
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  test('packs what is built, its icons and nothing else', () => {
    const archive = join(resources, 'app.asar');
    const built = [
      'dist/desktop/main/app.js',
      'dist/desktop/preload/preload.cjs',
      'dist/renderer/index.html',
    ];
    const icons = globSync(['assets/icons/icon.png', 'assets/icons/tray/*.png'], { cwd: ROOT });
    expect(filesIn(archive).toSorted()).toEqual([...built, ...icons, 'package.json'].toSorted());
    expect(readdirSync(resources).toSorted()).toEqual(['LICENSE', 'app.asar']);
  });

  test('leaves Electron able to run as Node, and takes its other ways in', () => {
    // Electron's order: RunAsNode, cookie encryption, NODE_OPTIONS, --inspect, asar integrity, only from asar,
    // a V8 snapshot of its own, privileges of file:.
    expect(fusesOf(program)).toBe('10001100');
  });
});

describe('the app icon', () => {
  test('is there for Linux in each size that its name says', () => {
    const files = readdirSync(join(ICONS, 'linux'));
    expect(files.map(sizeInName).toSorted((a, b) => a - b)).toEqual([16, 24, 32, 48, 64, 128, 256, 512]);
    for (const file of files) expect(pngSize(readIcon('linux', file)), file).toBe(sizeInName(file));
    expect(pngSize(readIcon('icon.png'))).toBe(256);
  });

  test('is there for Windows in each size, as PNGs in an ICO', () => {
    const ico = readIcon('icon.ico');
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
    const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
      const entry = ico.subarray(6 + 16 * index);
      const offset = entry.readUInt32LE(12);
      const size = pngSize(ico.subarray(offset, offset + entry.readUInt32LE(8)));
      expect([entry.readUInt8(0), entry.readUInt8(1)]).toEqual([size % 256, size % 256]);
      return size;
    });
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
  });

  test('is there for macOS in each size, as PNGs in an ICNS', () => {
    const icns = readIcon('icon.icns');
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const sizes: Record<string, number> = {};
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      sizes[icns.toString('latin1', at, at + 4)] = pngSize(icns.subarray(at + 8));
    }
    expect(sizes).toEqual({
      ic07: 128,
      ic08: 256,
      ic09: 512,
      ic10: 1024,
      ic11: 32,
      ic12: 64,
      ic13: 256,
      ic14: 512,
    });
  });
});

describe('the tray icons', () => {
  // A record, so that a new state of the tray does not go without an icon.
  const states = Object.keys({
    well: true,
    working: true,
    attention: true,
    failed: true,
    paused: true,
  } satisfies Record<TrayIcon, true>);

  test.each(states)('have %s in both sizes, in colour and as a template', (state) => {
    for (const kind of ['', 'Template']) {
      expect(pngSize(readIcon('tray', `tray-${state}${kind}.png`))).toBe(16);
      expect(pngSize(readIcon('tray', `tray-${state}${kind}@2x.png`))).toBe(32);
    }
  });

  test.each(states)('have a template of %s that is black and opacity alone', (state) => {
    for (const scale of ['', '@2x']) {
      const pixels = pngPixels(readIcon('tray', `tray-${state}Template${scale}.png`));
      const seen = pixels.filter(({ alpha }) => alpha > 0);
      expect(seen.length).toBeGreaterThan(0);
      expect(seen.length).toBeLessThan(pixels.length);
      expect(seen.every(({ red, green, blue }) => red + green + blue === 0)).toBe(true);
    }
  });

  test('differ in shape, not in colour alone', () => {
    const shapes = states.map((state) =>
      pngPixels(readIcon('tray', `tray-${state}Template.png`)).map(({ alpha }) => alpha > 127),
    );
    for (const [index, shape] of shapes.entries()) {
      for (const other of shapes.slice(index + 1)) {
        expect(shape.filter((isSet, at) => isSet !== other[at]).length).toBeGreaterThanOrEqual(12);
      }
    }
  });

  test.each(states)('show %s with a contrast of 3 to 1 on light and on dark ground', (state) => {
    const solid = pngPixels(readIcon('tray', `tray-${state}@2x.png`)).filter(({ alpha }) => alpha === 255);
    for (const ground of [grey(0xf3), grey(0x1c)]) {
      expect(Math.min(...solid.map((pixel) => contrast(pixel, ground)))).toBeGreaterThanOrEqual(3);
    }
  });
});

/** Parsed as the builder parses it. */
function readConfiguration(): unknown {
  const yaml: { load(text: string): unknown } = createRequire(
    BUILDER.resolve('app-builder-lib/package.json'),
  )('js-yaml');
  return yaml.load(readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8'));
}

function readIcon(...path: string[]): Buffer {
  return readFileSync(join(ICONS, ...path));
}

function sizeInName(file: string): number {
  return Number.parseInt(file, 10);
}

function grey(value: number): Pixel {
  return { red: value, green: value, blue: value, alpha: 255 };
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: Pixel, other: Pixel): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance({ red, green, blue }: Pixel): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
