import type { Node, NodeProps } from '@xyflow/react';
import { Handle, Position } from '@xyflow/react';
import { strings } from '../../strings.ts';
import styles from './FlowNodes.module.css';
import type { Layout, PlacedNode } from './lay-out.ts';
import { COLUMN_WIDTHS_PX } from './lay-out.ts';
import type { MapNode } from './map-graph.ts';
import { NodeButton } from './NodeButton.tsx';

type Thing = Node<{ readonly node: MapNode }, 'thing'>;
type Heading = Node<{ readonly words: string }, 'heading'>;
export type FlowNode = Thing | Heading;

export const HEADING_PX = 36;

/** What React Flow draws a node with, by its type. */
export const NODE_TYPES = { thing: ThingNode, heading: HeadingNode };

/** The nodes as React Flow takes them, with their sizes, so that it draws nothing only to measure it. */
export function flowNodes({ nodes, columns }: Layout): FlowNode[] {
  return [
    ...strings.map.columns.map((words, index) => flowHeading(words, index, columns)),
    ...nodes.map(flowThing),
  ];
}

function flowThing({ node, x, y, width, height }: PlacedNode): Thing {
  return {
    id: node.id,
    type: 'thing',
    data: { node },
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: [
      { type: 'target', position: Position.Left, x: 0, y: height / 2, width: 0, height: 0 },
      { type: 'source', position: Position.Right, x: width, y: height / 2, width: 0, height: 0 },
    ],
    zIndex: node.frame === undefined ? 1 : 2,
    domAttributes: { 'aria-roledescription': undefined },
  };
}

function flowHeading(words: string, index: number, columns: Layout['columns']): Heading {
  const width = COLUMN_WIDTHS_PX[index] ?? 0;
  const height = HEADING_PX;
  return {
    id: `heading-${index}`,
    type: 'heading',
    data: { words },
    position: { x: columns[index] ?? 0, y: -height },
    width,
    height,
    measured: { width, height },
    handles: [],
    domAttributes: { 'aria-roledescription': undefined },
  };
}

function ThingNode({ data: { node } }: NodeProps<Thing>) {
  const isFrame = node.kind === 'group' && node.isOpen;
  // The same elements open and closed: the button keeps the focus.
  return (
    <>
      <Ends />
      <div className={isFrame ? styles.frame : styles.plain}>
        <NodeButton node={node} />
      </div>
    </>
  );
}

/** Where lines meet a node: React Flow finds them in the page. */
function Ends() {
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} className={styles.end} />
      <Handle type="source" position={Position.Right} isConnectable={false} className={styles.end} />
    </>
  );
}

function HeadingNode({ data }: NodeProps<Heading>) {
  return <div className={styles.heading}>{data.words}</div>;
}
