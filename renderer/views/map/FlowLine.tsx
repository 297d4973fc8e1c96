import type { Edge, EdgeProps } from '@xyflow/react';
import { getBezierPath } from '@xyflow/react';
import styles from './FlowLine.module.css';
import { useIsLineDim } from './map-focus.ts';
import type { PlacedEdge } from './place-lines.ts';

export type FlowEdge = Edge<{ readonly placed: PlacedEdge }, 'line'>;

export const EDGE_TYPES = { line: Line };

/** The lines as React Flow takes them, those that stand out over the others. */
export function flowEdges(edges: readonly PlacedEdge[]): FlowEdge[] {
  return edges.map((placed) => ({
    id: placed.edge.id,
    type: 'line',
    source: placed.edge.from,
    target: placed.edge.to,
    data: { placed },
    zIndex: placed.edge.tone === 'plain' ? 0 : 1,
    // What a line says, its ends say in words.
    domAttributes: { 'aria-hidden': true },
  }));
}

function Line({ id, data, ...ends }: EdgeProps<FlowEdge>) {
  const isDim = useIsLineDim(id);
  if (data === undefined) return null;
  const { edge, fromShift, toShift, width } = data.placed;
  const [path] = getBezierPath({
    ...ends,
    sourceY: ends.sourceY + fromShift,
    targetY: ends.targetY + toShift,
  });
  const isTemplate = edge.attachments === 0 && edge.templates > 0;
  const classes = [styles.line, styles[edge.tone], isTemplate && styles.template, isDim && styles.dim];
  return (
    <path
      d={path}
      className={classes.filter(Boolean).join(' ')}
      strokeWidth={width}
      strokeDasharray={dashesOf(width, isTemplate, edge.isGone)}
    />
  );
}

/** The wider the line, the longer its dashes. */
function dashesOf(width: number, isTemplate: boolean, isGone: boolean): string | undefined {
  if (isTemplate) return '2 4';
  return isGone ? `${6 + width} ${4 + width / 2}` : undefined;
}
