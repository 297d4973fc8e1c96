import type { PlacedNode } from './lay-out.ts';
import type { MapEdge } from './map-graph.ts';

const NARROWEST_LINE_PX = 1;
const WIDEST_LINE_PX = 8;
/** The widest line stands for no fewer attachments, or a small cluster would be drawn as if it were a large one. */
const LEAST_FOR_WIDEST = 128;
/** Of a node's side, where no line meets it. */
const SIDE_MARGINS_PX = 12;

export interface PlacedEdge {
  readonly edge: MapEdge;
  /** Where it leaves and where it arrives, from the middle of the node's side. */
  readonly fromShift: number;
  readonly toShift: number;
  /** How wide it is drawn. */
  readonly width: number;
}

/**
 * @param most of any line in the picture
 * @returns px: 1 for one attachment or none, and as much more each time that they double
 */
export function lineWidth(attachments: number, most: number): number {
  const doublings = Math.log2(Math.max(1, attachments)) / Math.log2(Math.max(LEAST_FOR_WIDEST, most));
  const width = NARROWEST_LINE_PX + (WIDEST_LINE_PX - NARROWEST_LINE_PX) * doublings;
  return Math.round(width * 2) / 2;
}

/** Lines leave and arrive beside each other, in the order of where they lead. */
export function placeLines(edges: readonly MapEdge[], nodes: readonly PlacedNode[]): readonly PlacedEdge[] {
  const most = edges.reduce((found, { attachments }) => Math.max(found, attachments), 0);
  const places = new Map(nodes.map((placed) => [placed.node.id, placed]));
  const middle = (id: string) => {
    const { y = 0, height = 0 } = places.get(id) ?? {};
    return y + height / 2;
  };
  const shiftsAt = (side: 'from' | 'to', other: 'from' | 'to') => {
    const shifts = new Map<string, number>();
    for (const [id, own] of Map.groupBy(edges, (edge) => edge[side])) {
      const sorted = own.toSorted((a, b) => middle(a[other]) - middle(b[other]));
      const widths = sorted.map(({ attachments }) => lineWidth(attachments, most));
      const room = Math.max(0, (places.get(id)?.height ?? 0) - SIDE_MARGINS_PX);
      const ownShifts = spread(widths, room);
      for (const [index, { id: line }] of sorted.entries()) shifts.set(line, ownShifts[index] ?? 0);
    }
    return shifts;
  };
  const leaving = shiftsAt('from', 'to');
  const arriving = shiftsAt('to', 'from');
  return edges.map((edge) => ({
    edge,
    fromShift: leaving.get(edge.id) ?? 0,
    toShift: arriving.get(edge.id) ?? 0,
    width: lineWidth(edge.attachments, most),
  }));
}

/** Where lines touch a side, from its middle: side by side, and closer where there is no room. */
function spread(lines: readonly number[], room: number): readonly number[] {
  const widths = lines.map((width) => width + 1);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const scale = Math.min(1, room / total);
  let used = 0;
  return widths.map((width) => {
    const middle = used + width / 2;
    used += width;
    return (middle - total / 2) * scale;
  });
}
