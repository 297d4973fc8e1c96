import type { Viewport } from '@xyflow/react';
import { useReactFlow } from '@xyflow/react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { layOut } from './lay-out.ts';
import type { MapGraph } from './map-graph.ts';
import type { Size } from './viewport.ts';
import { firstViewport, gapFor, viewportWith } from './viewport.ts';

/** The picture laid out for its room, and looked at from its beginning until somebody moves it. */
export function useFramedLayout(
  graph: MapGraph,
  subject: string,
  size: Size,
  active: () => string | undefined,
) {
  const flow = useReactFlow();
  const isMoved = useRef(false);
  const isMovedByUs = useRef(false);
  const held = useRef<{ readonly id: string; readonly y: number } | undefined>(undefined);
  const [gap, setGap] = useState(() => gapFor(size.width));
  const layout = useMemo(() => layOut(graph, gap), [graph, gap]);
  const [start] = useState<Viewport>(() => firstViewport(layout, size));
  const shown = useRef({ subject, size, gap });

  const moveTo = useStable((viewport: Viewport) => {
    isMovedByUs.current = true;
    void flow.setViewport(viewport);
    isMovedByUs.current = false;
  });
  /** Where there is less room than before, as beside a panel, what a person is at does not go out of sight. */
  const keepInView = useStable((id: string | undefined) => {
    const placed = layout.nodes.find(({ node }) => node.id === id);
    const viewport = placed && viewportWith(placed, flow.getViewport(), size);
    if (viewport !== undefined) moveTo(viewport);
  });

  useLayoutEffect(() => {
    const before = shown.current;
    if (before.subject === subject && before.size === size && before.gap === gap) return;
    if (before.subject !== subject) isMoved.current = false;
    shown.current = { subject, size, gap };
    if (!isMoved.current) {
      setGap(gapFor(size.width));
      moveTo(firstViewport(layout, size));
    }
    if (before.subject === subject) keepInView(active());
  }, [layout, subject, size, gap, active, keepInView, moveTo]);

  useLayoutEffect(() => {
    const before = held.current;
    held.current = undefined;
    const after = layout.nodes.find(({ node }) => node.id === before?.id);
    if (before === undefined || after === undefined || before.y === after.y) return;
    const at = flow.getViewport();
    moveTo({ ...at, y: at.y + (before.y - after.y) * at.zoom });
  }, [flow, layout, moveTo]);

  /** Somebody moved it, or moved to what the keyboard is at. */
  const onMove = () => {
    if (!isMovedByUs.current) isMoved.current = true;
  };
  /** What opens or closes stays where it is on the screen. */
  const keepInPlace = useStable((id: string) => {
    isMoved.current = true;
    const y = layout.nodes.find(({ node }) => node.id === id)?.y;
    held.current = y === undefined ? undefined : { id, y };
  });
  return { layout, start, onMove, keepInPlace };
}

/** A function that stays the same, and does what it is now. */
function useStable<Args extends readonly unknown[]>(act: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useMemo(
    () =>
      (...args: Args) =>
        latest.current(...args),
    [],
  );
}
