import { table } from '../table.ts'
import { faultsOf, known } from './faults.ts'
import { type Row, sources, states } from './sources.ts'

const HEAD = `# Promises

What the shop has promised, sentence by sentence and in our words, what keeps each promise, and the test that shows it. Written by
\`pnpm run docs\` from the tables in [\`infra/docs/promises\`](../infra/docs/promises); a row that names a door, an event, a file or a
test that is not there is refused.

- **kept**: a door, an event, or a file of a service runs it.
- **text**: nothing can run; the row says why.
- **library**: a rule of \`libs/terms\` knows it, and no service asks that rule.
- **missing**: nothing keeps it.`

/** `docs/promises.md`; `api` has the texts of `docs/api` by file name. Throws a sentence for each row that is not true. */
export function promisesPage(api: Record<string, string>): string {
  const documents = sources()
  const named = known(api)
  const faults = documents.flatMap(({ file, rows }) =>
    rows.flatMap((row) => faultsOf(row, named).map((fault) => `${file}: ${fault}`)),
  )
  if (faults.length > 0) throw new Error(`infra/docs/promises:\n${faults.join('\n')}`)
  const counted = documents.map(({ title, rows }) => [title, ...counts(rows)])
  const all = ['all', ...counts(documents.flatMap(({ rows }) => rows))]
  const parts = [
    HEAD,
    table([['document', 'promises', ...states], ...counted, all]),
    ...documents.flatMap(({ title, rows }) => [
      `## ${title}`,
      table([['section', 'promise', 'state', 'kept by', 'shown by'], ...rows.map(cellsOf)]),
    ]),
  ]
  return `${parts.join('\n\n')}\n`
}

const counts = (rows: Row[]) =>
  [rows.length, ...states.map((state) => rows.filter((row) => row.state === state).length)].map(String)

const cellsOf = ({ section, promise, state, keptBy, shownBy, why }: Row) => [
  ...[section, promise, state],
  [...keptBy.map((keeper) => `\`${keeper}\``), ...(why ? [why] : [])].join(', '),
  shownBy.replace(/^(\S+): (.*)$/, (_, path, title) => `[${title.replaceAll('|', '\\|')}](../${path})`),
]
