import type { Layout, PlacedNode } from './lay-out.ts';

/** Where a key leads to from a node: along its column, or along a line to the column beside it. */
export function nextNode(layout: Layout, id: string, key: string): PlacedNode | undefined {
  const at = layout.nodes.find(({ node }) => node.id === id);
  if (at === undefined) return undefined;
  const column = layout.nodes.filter(({ node }) => node.column === at.node.column);
  const index = column.indexOf(at);
  switch (key) {
    case 'ArrowDown':
      return column[index + 1];
    case 'ArrowUp':
      return column[index - 1];
    case 'Home':
      return column[0];
    case 'End':
      return column.at(-1);
    case 'ArrowLeft':
      return beside(layout, at, -1);
    case 'ArrowRight':
      return beside(layout, at, 1);
    default:
      return undefined;
  }
}

/** The nearest that it is linked to, or the nearest at all. */
function beside({ nodes, edges }: Layout, at: PlacedNode, step: -1 | 1): PlacedNode | undefined {
  const near = nodes.filter(({ node }) => node.column === at.node.column + step);
  const linked = new Set(
    edges.flatMap(({ edge: { from, to } }) => {
      if (step === 1) return from === at.node.id ? [to] : [];
      return to === at.node.id ? [from] : [];
    }),
  );
  const candidates = near.filter(({ node }) => linked.has(node.id));
  const distance = (placed: PlacedNode) => Math.abs(placed.y + placed.height / 2 - at.y - at.height / 2);
  return (candidates.length > 0 ? candidates : near).toSorted((a, b) => distance(a) - distance(b))[0];
}
