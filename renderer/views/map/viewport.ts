import type { Viewport } from '@xyflow/react';
import { HEADING_PX } from './FlowNodes.tsx';
import type { Layout, PlacedNode } from './lay-out.ts';
import { COLUMN_WIDTHS_PX } from './lay-out.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const SMALLEST_ZOOM = 0.1;
export const LARGEST_ZOOM = 2;
/** Below it texts are hard to read: then the top is shown, and the rest is a scroll away. */
const READABLE_ZOOM = 0.8;
const SMALLEST_FIRST_ZOOM = 0.7;
const PADDING_PX = 16;
const NARROWEST_GAP_PX = 64;
const WIDEST_GAP_PX = 200;

/** Room for lines between the columns: what the window has, within reason. */
export function gapFor(width: number): number {
  const columns = COLUMN_WIDTHS_PX.reduce((sum, one) => sum + one, 0);
  const room = (width - 2 * PADDING_PX - columns) / 2;
  return Math.round(Math.min(WIDEST_GAP_PX, Math.max(NARROWEST_GAP_PX, room)));
}

/** All of the picture where that can be read, else its full width from the top, else its beginning. */
export function firstViewport({ width, height }: Layout, size: Size): Viewport {
  const byWidth = Math.min(1, (size.width - 2 * PADDING_PX) / width);
  const byHeight = (size.height - PADDING_PX) / (height + HEADING_PX);
  const zoom = byHeight >= READABLE_ZOOM ? Math.min(byWidth, byHeight) : byWidth;
  const readable = Math.max(SMALLEST_FIRST_ZOOM, zoom);
  const x = Math.max(PADDING_PX, (size.width - width * readable) / 2);
  return { x, y: HEADING_PX * readable, zoom: readable };
}

/** The viewport moved as little as it takes to show all of the node; undefined where it does so already. */
export function viewportWith(node: PlacedNode, at: Viewport, size: Size): Viewport | undefined {
  const x = moveFor(node.x * at.zoom + at.x, node.width * at.zoom, size.width);
  const y = moveFor(node.y * at.zoom + at.y, Math.min(node.height, 48) * at.zoom, size.height);
  return x === 0 && y === 0 ? undefined : { x: at.x + x, y: at.y + y, zoom: at.zoom };
}

function moveFor(start: number, length: number, room: number): number {
  if (start < PADDING_PX) return PADDING_PX - start;
  return Math.min(0, room - PADDING_PX - start - length);
}
