/**
 * What we use of dagre. Its own declarations name their files without an ending, which TypeScript does not follow from a
 * module of Node; to be removed once they do (@dagrejs/dagre 3.1.3, dist/types/index.d.ts).
 */
declare module '@dagrejs/dagre' {
  export class Graph {
    setGraph(options: {
      readonly rankdir: 'LR'
      /** Pixels between boxes, and between arrows, of one column. */
      readonly nodesep: number
      readonly edgesep: number
    }): this
    graph(): { readonly height: number }
    setNode(id: string, size: { readonly width: number; readonly height: number }): this
    /** Where its middle is, once laid out. */
    node(id: string): { readonly x: number; readonly y: number }
    setEdge(from: string, to: string, label: object): this
    /** The places on its way, ends included, once laid out. */
    edge(from: string, to: string): { readonly points: readonly { readonly x: number; readonly y: number }[] }
  }

  export function layout(graph: Graph): unknown
}
