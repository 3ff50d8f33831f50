import { readdirSync, readFileSync } from 'node:fs'
import { editions } from '@vilkar/terms/editions/registry.ts'
import t from 'tap'
import { faultsOf, known } from '../promises/faults.ts'
import { promisesPage } from '../promises/page.ts'
import { type Row, sources, states } from '../promises/sources.ts'

const DOCS = new URL('../../../docs/', import.meta.url)
const api = Object.fromEntries(
  readdirSync(new URL('api/', DOCS)).map((name) => [name, readFileSync(new URL(`api/${name}`, DOCS), 'utf8')]),
)
const named = known(api)
const page = readFileSync(new URL('promises.md', DOCS), 'utf8')

for (const { file, rows } of sources())
  t.test(`whatever ${file} names is there`, async (t) =>
    t.strictSame(
      rows.flatMap((row) => faultsOf(row, named)),
      [],
    ),
  )

t.test('docs/promises.md is made of these tables', async (t) => t.equal(page, promisesPage(api)))

t.test('the counts in its head are those of its rows', async (t) => {
  const cells = (line: string) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim())
  const [head, ...documents] = page.split('\n## ')
  const counted = head!
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map(cells)
  const rows = documents.map((text) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .slice(2)
      .map(cells),
  )
  for (const [at, of] of [...rows, rows.flat()].entries())
    t.strictSame(counted.at(at)!.slice(1).map(Number), [
      of.length,
      ...states.map((state) => of.filter((row) => row[2] === state).length),
    ])
})

t.test('every sentence of the terms has a row', async (t) => {
  const told = new Set(sources()[0]!.rows.map(({ section }) => section))
  t.strictSame(
    Object.keys(
      editions()
        .findLast(({ seller }) => seller === 'smartgroup')!
        .clauses('en'),
    ).filter((sentence) => !told.has(sentence)),
    [],
  )
})

t.test('what is not there is refused:', async (t) => {
  const path = 'infra/docs/test/promises.test.ts'
  const shownBy = `${path}: every sentence of the terms has a row`
  const kept: Row = { section: '1', promise: 'P', state: 'kept', keptBy: ['orders GET /terms'], shownBy, why: '' }
  t.strictSame(faultsOf(kept, named), [])
  t.strictSame(faultsOf({ ...kept, keptBy: ['OrderPlaced', 'services/orders/main.ts', 'terms.risk'] }, named), [])
  const wrong: [string, Partial<Row>, RegExp][] = [
    ['a door', { keptBy: ['orders GET /no-such-door'] }, /"orders GET \/no-such-door", which is not there/],
    ['a door of another service', { keptBy: ['returns GET /terms'] }, /not there/],
    ['a door by another method', { keptBy: ['orders PUT /terms'] }, /not there/],
    ['an event', { keptBy: ['OrderForgotten'] }, /not there/],
    ['a file', { keptBy: ['services/orders/no.ts'] }, /not there/],
    ['a rule', { keptBy: ['orders GET /terms', 'terms.noRule'] }, /not there/],
    ['nothing of the kind', { keptBy: ['a person'] }, /not there/],
    ['a test', { shownBy: `${path}: no such title` }, /not there/],
    ['half a title', { shownBy: `${path}: every sentence of the terms` }, /not there/],
    ['a file of tests', { shownBy: 'test/none.test.ts: every sentence of the terms has a row' }, /not there/],
    ['a rule alone', { keptBy: ['terms.risk'] }, /needs a door/],
    ['no test', { shownBy: '' }, /needs a door.* and a test/],
    ['a door for what is a rule alone', { state: 'library' }, /nothing that runs/],
    ['text without a reason', { state: 'text', keptBy: [], shownBy: '' }, /reason/],
    ['text that something keeps', { state: 'text', why: 'so' }, /reason/],
    ['something missing that is kept', { state: 'missing' }, /names what keeps it/],
    ['a state', { state: 'done' as never }, /no state/],
    ['no section', { section: '' }, /needs a section/],
  ]
  for (const [what, change, says] of wrong) {
    const faults = faultsOf({ ...kept, ...change }, named)
    t.equal(faults.length > 0, true, what)
    t.match(faults.join(), says, what)
  }
})
