/**
 * Draws all icons from their SVG sources in assets/icons, with Chromium, and writes them beside the sources.
 * Run it after a change of a source, with CHROMIUM naming the program where it is not /usr/bin/chromium:
 *
 *     node scripts/make-icons.ts
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { chromium } from 'playwright-core';

const ICONS = join(import.meta.dirname, '..', 'assets', 'icons');
const TRAY_STATES = ['well', 'working', 'attention', 'failed', 'paused'];
const TRAY_SIZE_PX = 16;
const WINDOW_SIZE_PX = 256;
/** The sizes of the hicolor icon theme of Linux desktops. */
const LINUX_SIZES_PX = [16, 24, 32, 48, 64, 128, 256, 512];
/** What Windows asks for, from the title bar to large tiles. */
const WINDOWS_SIZES_PX = [16, 24, 32, 48, 64, 128, 256];
/** Up to here the source with less in it is drawn. */
const MOST_SMALL_PX = 32;
/** ICNS types that hold a PNG, with its size (Apple Icon Image format). */
const MAC_TYPES = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
] as const;

await makeIcons();

async function makeIcons(): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage();
    await makeAppIcons(page);
    await makeTrayIcons(page);
  } finally {
    await browser.close();
  }
}

async function makeAppIcons(page: Page): Promise<void> {
  const large = readSource('icon.svg');
  const small = readSource('icon-small.svg');
  const draw = (size: number) => drawPng(page, size <= MOST_SMALL_PX ? small : large, size);

  mkdirSync(join(ICONS, 'linux'), { recursive: true });
  for (const size of LINUX_SIZES_PX) write(`linux/${size}x${size}.png`, await draw(size));
  write('icon.png', await draw(WINDOW_SIZE_PX));

  const windows: Picture[] = [];
  for (const size of WINDOWS_SIZES_PX) windows.push({ size, png: await draw(size) });
  write('icon.ico', packIco(windows));

  const mac: MacPicture[] = [];
  for (const [type, size] of MAC_TYPES) {
    const source = size <= MOST_SMALL_PX ? small : large;
    mac.push({ type, png: await drawPng(page, withMacMargin(source), size) });
  }
  write('icon.icns', packIcns(mac));
}

async function makeTrayIcons(page: Page): Promise<void> {
  for (const state of TRAY_STATES) {
    const source = readSource(`tray/tray-${state}.svg`);
    for (const [svg, name] of [
      [source, `tray-${state}`],
      [inBlack(source), `tray-${state}Template`],
    ] as const) {
      write(`tray/${name}.png`, await drawPng(page, svg, TRAY_SIZE_PX));
      write(`tray/${name}@2x.png`, await drawPng(page, svg, 2 * TRAY_SIZE_PX));
    }
  }
}

/** A square PNG on transparent ground. */
async function drawPng(page: Page, svg: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
  return page.screenshot({ omitBackground: true });
}

/** macOS takes only the opacity of a template image; the colour of its bar is its own. */
function inBlack(svg: string): string {
  return svg.replaceAll(/#[0-9a-f]{6}/g, '#000000');
}

/** On Apple's grid the tile takes 824 of 1024 pixels; on other systems it takes all. */
function withMacMargin(svg: string): string {
  return svg.replace(/viewBox="0 0 (\d+) \1"/, (_, side: string) => {
    const whole = (Number(side) * 1024) / 824;
    const margin = (whole - Number(side)) / 2;
    return `viewBox="${-margin} ${-margin} ${whole} ${whole}"`;
  });
}

interface Picture {
  readonly size: number;
  readonly png: Buffer;
}

/** ICO with PNG entries: a header, a directory, the pictures (Microsoft, "Icons"; PNG since Windows Vista). */
function packIco(pictures: readonly Picture[]): Buffer {
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2); // icon, not cursor
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length + 16 * pictures.length;
  const directory = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(16);
    entry.writeUInt8(size % 256, 0); // 256 is written as 0
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4); // colour planes
    entry.writeUInt16LE(32, 6); // bits of a pixel
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...directory, ...pictures.map(({ png }) => png)]);
}

interface MacPicture {
  readonly type: string;
  readonly png: Buffer;
}

/** ICNS: chunks of a type, their length with these eight bytes, and the picture. */
function packIcns(pictures: readonly MacPicture[]): Buffer {
  return chunk('icns', Buffer.concat(pictures.map(({ type, png }) => chunk(type, png))));
}

function chunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(head.length + content.length, 4);
  return Buffer.concat([head, content]);
}

function readSource(name: string): string {
  return readFileSync(join(ICONS, name), 'utf8');
}

function write(name: string, content: Buffer): void {
  writeFileSync(join(ICONS, name), content);
}
