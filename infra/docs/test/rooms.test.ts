import t from 'tap'
import { circlesOf } from '../circles.ts'
import { type Arrow, fileOf, importsOf } from '../imports.ts'
import { planOf } from '../rooms/rooms.ts'
import { asMermaid, asText } from '../rooms/text.ts'

const value = (from: string, to: string): Arrow => ({ from, to, typeOnly: false })
const type = (from: string, to: string): Arrow => ({ from, to, typeOnly: true })

t.test('imports', async (t) => {
  t.test('are read with what they are erased to', async (t) => {
    const text = `import { join } from 'node:path'
import type { Mail } from './mail.ts'
import { type A, type B } from './ab.ts'
import {
  type C,
  d,
} from './cd.ts'
import * as all from './all.ts'
import './effects.ts'
export { e } from './e.ts'
export type { F } from './f.ts'
const late = await import('./late.ts')
`
    t.strictSame(
      importsOf(text).map(({ specifier, typeOnly }) => `${specifier} ${typeOnly ? 'type' : 'value'}`),
      [
        'node:path value',
        './mail.ts type',
        './ab.ts type',
        './cd.ts value',
        './all.ts value',
        './effects.ts value',
        './e.ts value',
        './f.ts type',
        './late.ts value',
      ],
    )
  })

  t.test('lead to files of the house, or out of it', async (t) => {
    const packages = new Map([['@vilkar/mail', 'libs/mail']])
    t.equal(fileOf('libs/server/http.ts', './log.ts', packages), 'libs/server/log.ts')
    t.equal(fileOf('services/orders/money/ledger.ts', '../deps.ts', packages), 'services/orders/deps.ts')
    t.equal(fileOf('services/orders/app.ts', '@vilkar/mail/mail.ts', packages), 'libs/mail/mail.ts')
    t.equal(fileOf('services/orders/app.ts', 'fastify', packages), undefined)
  })
})

t.test('circles are the files that reach each other, whatever leads into them', async (t) => {
  const edges = [
    value('in', 'a'),
    value('a', 'b'),
    value('b', 'c'),
    value('c', 'a'),
    value('c', 'out'),
    value('x', 'y'),
  ]
  t.strictSame(circlesOf(edges), [['a', 'b', 'c']])
  t.strictSame(circlesOf([...edges, value('y', 'x')]), [
    ['a', 'b', 'c'],
    ['x', 'y'],
  ])
  t.strictSame(circlesOf(edges.slice(1, 3)), [])
})

t.test('the plan of a folder', async (t) => {
  const lines = new Map([
    ['shop/main.ts', 10],
    ['shop/order/order.ts', 20],
    ['shop/order/http/view.ts', 5],
    ['shop/deps.ts', 4],
  ])
  const imports = [
    value('shop/main.ts', 'shop/order/order.ts'),
    value('shop/main.ts', 'shop/order/http/view.ts'),
    value('shop/order/http/view.ts', 'shop/order/order.ts'),
    value('shop/order/order.ts', 'shop/deps.ts'),
    type('shop/deps.ts', 'shop/order/order.ts'),
    value('shop/main.ts', 'libs/mail/mail.ts'),
  ]
  const plan = planOf('shop', lines, imports)

  t.test('has a room for each folder and file, on a floor above what it imports', async (t) => {
    t.strictSame(plan.rooms, [
      { name: 'main.ts', lines: 10, floor: 3 },
      { name: 'order/', lines: 25, floor: 2 },
      { name: 'deps.ts', lines: 4, floor: 1 },
    ])
    t.equal(plan.floors, 3)
  })

  t.test('joins the imports between two rooms into one arrow; the weakest of a circle runs back up', async (t) => {
    t.strictSame(plan.arrows, [
      { from: 'main.ts', to: 'order/', values: 2, types: 0, up: false },
      { from: 'order/', to: 'deps.ts', values: 1, types: 0, up: false },
      { from: 'deps.ts', to: 'order/', values: 0, types: 1, up: true },
    ])
  })

  t.test('is printed in words and as a flowchart', async (t) => {
    const drawing = { folder: 'shop', plan, circles: [['shop/deps.ts', 'shop/order/order.ts']], valueCircles: [] }
    const words = asText(drawing)
    t.match(words, /^shop: 3 rooms, 3 floors, 3 arrows \(1 run back up\), 1 circle of files \(0 of values\)$/m)
    t.match(words, /^ {2}deps\.ts → order\/ {2}1 type, runs back up$/m)
    t.match(asMermaid(drawing), /^ {2}r2 -\.-> r1$/m)
  })
})
