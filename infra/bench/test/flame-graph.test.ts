import t from 'tap'
import { flameGraphOf } from '../flame-graph.ts'
import type { Profile } from '../profile-costs.ts'

const node = (id: number, functionName: string, url: string, children: number[] = []) => ({
  id,
  callFrame: { functionName, url },
  children,
})
const profile: Profile = {
  nodes: [
    node(1, '(root)', '', [2, 3, 5, 7]),
    node(2, '(idle)', ''),
    node(3, 'work', 'file:///house/services/orders/money/ledger.ts', [4]),
    node(4, 'writev', ''),
    node(5, 'work', 'file:///house/services/orders/money/plan.ts', [6]),
    node(6, 'a<b', 'file:///house/node_modules/.pnpm/pg@1/node_modules/pg/lib/client.js'),
    node(7, 'tiny', 'node:net'),
  ],
  samples: [2, 3, 4, 5, 6, 7],
  timeDeltas: [9_000, 100, 500, 100, 300, 1],
}
const boxes = (svg: string) =>
  [...svg.matchAll(/<title>([^<]*)<\/title><rect x="([\d.]+)" y="(\d+)" width="([\d.]+)"/g)].map(
    ([, what, x, y, width]) => ({ what, x: Number(x), y: Number(y), width: Number(width) }),
  )

t.test(
  'a flame graph has a box for each function, as wide as its share of the busy time, under its caller',
  async (t) => {
    const svg = flameGraphOf(profile, 'orders & more')
    const [work, writev, called, ...rest] = boxes(svg)
    t.strictSame(rest, [], 'what is idle, or too narrow to be seen, is not drawn')
    t.match(work!.what, /^work · services\/orders\/money: 99\.9 %$/, 'calls of a room from the same place are one box')
    t.match(writev!.what, /^writev · V8: writev: 50 %$/)
    t.match(called!.what, /^a&#60;b · pg: 30 %$/)
    t.ok(work!.width > writev!.width && writev!.width > called!.width)
    t.equal(writev!.y, called!.y)
    t.ok(writev!.y > work!.y)
    t.match(svg, /orders &#38; more/)
  },
)

t.test('a profile of a process that did nothing is an empty picture', async (t) => {
  const nothing = { nodes: [node(1, '(root)', '', [2]), node(2, '(idle)', '')], samples: [2], timeDeltas: [5] }
  t.strictSame(boxes(flameGraphOf(nothing, 'idle')), [])
})
