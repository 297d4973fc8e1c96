/**
 * Debian's Chromium for tests of the window, without a display.
 *
 *     test.skipIf(!hasChromium)('…', async () => {
 *       const chromium = await startChromium();         // ends with the test
 *       const page = await openPage(chromium, url);      // a page with cookies of its own
 *     });
 */
import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

/** The one without a browser around it opens a page in half the time. */
const PROGRAMS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
/** CHROMIUM names another one. */
export const CHROMIUM = process.env.CHROMIUM ?? PROGRAMS.find(existsSync) ?? '/usr/bin/chromium';
const ARGUMENTS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

export const hasChromium = existsSync(CHROMIUM);

/** To be closed by who starts it. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS.split(' ') });
}

export async function startChromium(): Promise<Browser> {
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  return browser;
}

/** The test fails if the page logs an error, as it does for each breach of the content security policy. */
export async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    // Chromium logs requests that fail; a program that ends makes some fail.
    if (message.type() === 'error' && !/ERR_CONNECTION|status of 401/.test(message.text())) {
      errors.push(message.text());
    }
  });
  onTestFinished(() => expect(errors).toEqual([]));
  await page.goto(url);
  return page;
}
