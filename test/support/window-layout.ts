import type { Page } from 'playwright-core';

/**
 * What does not fit, a line for each: the page that is wider than the window, and elements with a text of their own
 * that stand out of the window or out of their clipping surroundings sideways without an ellipsis. [] if all fits.
 */
export function findMisfits(page: Page): Promise<string[]> {
  return page.evaluate(FIND_MISFITS);
}

/** Runs in the page: a text, because the tests' TypeScript does not know the DOM. */
const FIND_MISFITS = `(() => {
  const misfits = [];
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 0) misfits.push('the page is ' + wide + ' px wider than the window');
  const hasOwnText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '');
  const isHidden = (element) =>
    !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ||
    element.closest('.visually-hidden, [aria-hidden=true], [data-react-aria-hidden], .react-flow__pane, .react-flow__node') !== null ||
    getComputedStyle(element).clipPath === 'inset(50%)';
  const clipper = (element) => {
    for (let one = element; one !== null && one !== document.body; one = one.parentElement) {
      const { overflowX, textOverflow } = getComputedStyle(one);
      if (textOverflow === 'ellipsis' && overflowX !== 'visible') return 'ellipsis';
      if (overflowX === 'auto' || overflowX === 'scroll') return 'scroller';
      if (overflowX === 'hidden' || overflowX === 'clip') return one;
    }
    return document.documentElement;
  };
  for (const element of document.body.querySelectorAll('*')) {
    if (!(element instanceof HTMLElement) || !hasOwnText(element) || isHidden(element)) continue;
    const surroundings = clipper(element);
    if (typeof surroundings === 'string') continue;
    const box = element.getBoundingClientRect();
    const limits = surroundings.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    if (box.right > limits.right + 1 || box.left < limits.left - 1)
      misfits.push('cut off: ' + element.textContent.slice(0, 60));
  }
  return misfits;
})()`;
