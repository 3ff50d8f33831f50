import { type HierarchyRectangularNode, hierarchy, partition } from 'd3-hierarchy'
import { groupOf, type Profile } from './profile-costs.ts'

/** One function as it was called on one way: how long it ran itself, and whom it called, in microseconds. */
type Frame = { name: string; group: string; own: number; called: Frame[] }

const WIDTH = 1_200
const ROW = 17
const TITLE_HEIGHT = 24
/** What is narrower than this is not drawn, in pixels. */
const NARROWEST = 4
/** Below so many calls there is little but the loading of modules. */
const DEEPEST = 32
const PIXELS_PER_LETTER = 6.2
const IDLE = '(idle)'
/** V8 itself, Node, packages, and rooms of the house. */
const COLOURS = { v8: '#c9ccd1', node: '#a9c6e8', ours: '#a8d5a2', package: '#f3c79a' }

/**
 * A profile as a flame graph, an SVG of its own: time runs from left to right only in that wider is longer, callers stand above whom
 * they call, and each box says its share of the time that the process was busy. `title` stands above it.
 */
export function flameGraphOf(profile: Profile, title: string): string {
  const root = hierarchy<Frame>(framesOf(profile), ({ called }) => called)
    .sum(({ own }) => own)
    .sort((a, b) => b.value! - a.value!)
  const laid = partition<Frame>().size([WIDTH, 1])(root)
  const isDrawn = ({ depth, x0, x1 }: { depth: number; x0: number; x1: number }) =>
    depth > 0 && depth <= DEEPEST && x1 - x0 >= NARROWEST
  const drawn = laid.descendants().filter(isDrawn)
  const height = TITLE_HEIGHT + ROW * Math.max(1, ...drawn.map(({ depth }) => depth))
  const style = 'text{font:11px sans-serif;fill:#1b1f24}rect{stroke:#fff;stroke-width:.5}'
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}"><style>${style}</style>
<rect width="${WIDTH}" height="${height}" fill="#fff"/><text x="4" y="16">${escaped(title)}</text>
${drawn.map((node) => boxOf(node, laid.value!)).join('\n')}
</svg>
`
}

function boxOf({ data, depth, value, x0, x1 }: HierarchyRectangularNode<Frame>, busy: number) {
  const y = TITLE_HEIGHT + ROW * (depth - 1)
  const words = `${data.name} · ${data.group}`
  const letters = Math.floor((x1 - x0 - 4) / PIXELS_PER_LETTER)
  const label =
    letters < 4 ? '' : `<text x="${rounded(x0 + 3)}" y="${y + 12}">${escaped(words.slice(0, letters))}</text>`
  const share = `${rounded((100 * value!) / busy)} %`
  return `<g><title>${escaped(words)}: ${share}</title><rect x="${rounded(x0)}" y="${y}" width="${rounded(x1 - x0)}" height="${ROW}" fill="${colourOf(data.group)}"/>${label}</g>`
}

/** The calls of a profile as a tree in which calls of the same function from the same place are one; without what was idle. */
function framesOf({ nodes, samples, timeDeltas }: Profile): Frame {
  const own = new Map<number, number>()
  for (const [at, id] of samples.entries()) own.set(id, (own.get(id) ?? 0) + Math.max(0, timeDeltas[at] ?? 0))
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const joined = (name: string, group: string, ids: number[]): Frame => {
    const children = ids.flatMap((id) => byId.get(id)!.children ?? [])
    const alike = Map.groupBy(children, (id) => `${byId.get(id)!.callFrame.functionName} ${groupOf(byId.get(id)!)}`)
    return {
      ...{ name, group, own: ids.reduce((sum, id) => sum + (own.get(id) ?? 0), 0) },
      called: [...alike.values()]
        .filter(([first]) => byId.get(first!)!.callFrame.functionName !== IDLE)
        .map((same) => {
          const node = byId.get(same[0]!)!
          return joined(node.callFrame.functionName || '(anonymous)', groupOf(node), same)
        }),
    }
  }
  return joined('(root)', 'V8', [nodes[0]!.id])
}

function colourOf(group: string) {
  if (group.startsWith('node:')) return COLOURS.node
  if (group.startsWith('V8') || group.startsWith('(')) return COLOURS.v8
  return /^(libs|services)\//.test(group) ? COLOURS.ours : COLOURS.package
}

const rounded = (value: number) => Math.round(value * 10) / 10
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`)
