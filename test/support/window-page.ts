/** How tests find their way around the window, as a person does: by what it says. */
import type { Page } from 'playwright-core';

/** The row of a context in the sidebar. */
export function contextButton(page: Page, name: string) {
  return page.getByRole('navigation', { name: 'Contexts' }).getByRole('row', { name });
}

export function row(page: Page, network: string) {
  return page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: network, exact: true }) });
}

export function details(page: Page) {
  return page.getByRole('complementary', { name: 'Network' });
}

export function openView(page: Page, view: 'Networks' | 'Map' | 'Activity' | 'Settings') {
  return page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: view }).click();
}

/** The networks of the table, from top to bottom. */
export function networksShown(page: Page): Promise<string[]> {
  return page.getByRole('rowheader').allTextContents();
}

export function table(page: Page) {
  return page.getByRole('grid', { name: 'Networks' });
}

/** One of the toggles of a row of which one is chosen, such as `Missing 1`. */
export function chip(page: Page, name: string | RegExp) {
  return page.getByRole('radio', { name });
}

/** The question that is asked before something is done. */
export function question(page: Page) {
  return page.getByRole('alertdialog');
}

/** The button that shows what is chosen, and opens the list of what can be. */
export function select(page: Page, label: string) {
  return page.getByRole('button', { name: label });
}

export async function choose(page: Page, label: string, choice: string): Promise<void> {
  await select(page, label).click();
  await page.getByRole('menuitemradio', { name: choice }).click();
}
