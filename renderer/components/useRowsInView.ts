import type { RefObject, UIEvent } from 'react';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';

/** As in the style sheets: `--row`. */
const ROW_HEIGHT_PX = 28;
/** Rows that are drawn beyond each edge, so that a scroll of a few rows shows no gap. */
const OVERSCAN_ROWS = 8;

function rowTopPx(index: number): number {
  return index * ROW_HEIGHT_PX;
}

export interface RowsInView {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onScroll: (event: UIEvent<HTMLElement>) => void;
  /** The rows to draw: from the one to before the other. */
  readonly start: number;
  readonly end: number;
  /** Never more rows are drawn. */
  readonly mostDrawn: number;
  /** How far a page goes. */
  readonly pageRows: number;
  readonly heightOfAllPx: number;
  /** Of the rows before the first that is drawn. */
  readonly heightBeforePx: number;
  /** Brings a row into view, below the header that stays in place. */
  readonly reveal: (index: number) => void;
  readonly scrollToTop: () => void;
}

/** Which of `count` rows are to be drawn, as a person scrolls and the window changes its size. */
export function useRowsInView(count: number): RowsInView {
  const scroller = useRef<HTMLDivElement>(null);
  const [first, setFirst] = useState(0);
  const heightPx = useHeight(scroller);
  const inView = Math.ceil(heightPx / ROW_HEIGHT_PX);
  // After the rows have become fewer, until the browser tells where it has scrolled to.
  const start = Math.max(0, Math.min(first, count - inView) - OVERSCAN_ROWS);
  const isAtTop = first === 0;
  const scrollToTop = useCallback(() => {
    // To set it has the browser lay out everything.
    if (!isAtTop && scroller.current !== null) scroller.current.scrollTop = 0;
  }, [isAtTop]);
  return {
    scroller,
    onScroll: ({ currentTarget }) => setFirst(Math.floor(currentTarget.scrollTop / ROW_HEIGHT_PX)),
    start,
    end: Math.min(count, first + inView + OVERSCAN_ROWS),
    mostDrawn: inView + 2 * OVERSCAN_ROWS,
    pageRows: Math.max(1, Math.floor(heightPx / ROW_HEIGHT_PX) - 2),
    heightOfAllPx: rowTopPx(count),
    heightBeforePx: rowTopPx(start),
    reveal: (index) => reveal(scroller.current, index),
    scrollToTop,
  };
}

function reveal(scroller: HTMLElement | null, index: number): void {
  if (scroller === null || index < 0) return;
  const top = rowTopPx(index);
  const lowest = top - scroller.clientHeight + 2 * ROW_HEIGHT_PX;
  scroller.scrollTop = Math.min(top, Math.max(lowest, scroller.scrollTop));
}

function useHeight(ref: { readonly current: HTMLElement | null }): number {
  const [heightPx, setHeightPx] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    setHeightPx(element.clientHeight);
    const observer = new ResizeObserver(() => setHeightPx(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return heightPx;
}
