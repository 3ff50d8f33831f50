import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { allEvents, nameOf } from '@vilkar/contracts/all-events.ts'
import { editions, termsOf } from '@vilkar/terms/editions/registry.ts'
import { type Row, type State, states } from './sources.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const textOf = (path: string) => readFileSync(ROOT + path, 'utf8')

type Kind = 'door' | 'event' | 'file' | 'rule'

const kindOf = (keeper: string): Kind | undefined => {
  if (/^\w+ [A-Z]+ \//.test(keeper)) return 'door'
  if (/^services\//.test(keeper)) return 'file'
  if (/^(terms|privacy)\.\w+$/.test(keeper)) return 'rule'
  return /^[A-Z]\w+$/.test(keeper) ? 'event' : undefined
}

/** What rows may name: each is read once. */
export type Known = Record<Exclude<Kind, 'file'>, ReadonlySet<string>> & {
  textOf: (path: string) => string | undefined
}

/** `documents`: the texts of `docs/api` by file name. */
export function known(documents: Record<string, string>): Known {
  const doors = Object.entries(documents).filter(([name]) => name.endsWith('.openapi.json'))
  return {
    door: new Set(doors.flatMap(([name, text]) => doorsOf(name.split('.')[0]!, text))),
    event: new Set(Object.values(allEvents).flat().map(nameOf)),
    rule: new Set([
      ...Object.keys(termsOf(editions()[0]!.id)).map((name) => `terms.${name}`),
      ...readdirSync(`${ROOT}libs/terms/privacy`)
        .filter((name) => name.endsWith('.ts'))
        .flatMap((name) => [...textOf(`libs/terms/privacy/${name}`).matchAll(/^export (?:function|const) (\w+)/gm)])
        .map(([, name]) => `privacy.${name}`),
    ]),
    textOf: (path) => (existsSync(ROOT + path) ? textOf(path) : undefined),
  }
}

const doorsOf = (service: string, document: string) =>
  Object.entries((JSON.parse(document) as { paths: Record<string, object> }).paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${service} ${method.toUpperCase()} ${path}`),
  )

/** What a row of each state has and has not; `runs` is a keeper that is no rule. */
const SHAPES: Record<State, (row: Row, runs: boolean) => string | undefined> = {
  kept: ({ shownBy }, runs) => (runs && shownBy ? undefined : 'needs a door, event or file that keeps it, and a test'),
  library: ({ keptBy, shownBy }, runs) =>
    keptBy.length > 0 && !runs && shownBy ? undefined : 'needs a rule and a test, and names nothing that runs',
  text: ({ keptBy, shownBy, why }) =>
    why && keptBy.length === 0 && !shownBy ? undefined : 'needs the reason why nothing can run, and that alone',
  missing: ({ keptBy, shownBy }) => (keptBy.length === 0 && !shownBy ? undefined : 'names what keeps it'),
}

/** What is untrue of a row, in sentences. */
export function faultsOf(row: Row, named: Known): string[] {
  const { section, promise, state, keptBy, shownBy } = row
  const runs = keptBy.some((keeper) => kindOf(keeper) !== 'rule')
  const shape = states.includes(state) ? SHAPES[state](row, runs) : `is "${state}", which is no state`
  return [
    ...(section && promise ? [] : ['needs a section and a promise']),
    ...(shape ? [shape] : []),
    ...keptBy.filter((keeper) => !isThere(keeper, named)).map((keeper) => `names "${keeper}", which is not there`),
    ...(shownBy && !isShown(shownBy, named) ? [`names the test "${shownBy}", which is not there`] : []),
  ].map((fault) => `${section} (${promise}) ${fault}`)
}

function isThere(keeper: string, named: Known) {
  const kind = kindOf(keeper)
  if (kind === undefined) return false
  return kind === 'file' ? named.textOf(keeper) !== undefined : named[kind].has(keeper)
}

/** A test is there under its whole title. */
function isShown(shownBy: string, { textOf }: Known) {
  const [, path, title] = /^(\S+\.test\.ts): (.+)$/.exec(shownBy) ?? []
  return path !== undefined && ["'", '"', '`'].some((quote) => textOf(path)?.includes(`${quote}${title}${quote}`))
}
