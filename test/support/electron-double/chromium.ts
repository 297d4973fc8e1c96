/** The Chromium that stands in for Electron's: started by the test, which looks at the same pages. */
import { type Browser, chromium, type Page } from 'playwright-core';

export const CHROMIUM_ADDRESS = 'ELECTRON_DOUBLE_CHROMIUM';

let browser: Browser | undefined;

export async function connectToChromium(): Promise<void> {
  const address = process.env[CHROMIUM_ADDRESS];
  if (address === undefined) throw new Error(`${CHROMIUM_ADDRESS} must say where Chromium listens.`);
  browser = await chromium.connectOverCDP(address);
}

export async function openPage(): Promise<Page> {
  const [context] = browser?.contexts() ?? [];
  if (context === undefined) throw new Error('Chromium is not connected.');
  return context.newPage();
}
