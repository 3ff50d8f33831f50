import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { allEvents, nameOf } from '@vilkar/contracts/all-events.ts'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import t from 'tap'

/** Walks the recipes of docs/how-to: what each step names is there for every event and every service that there is. */

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8')
const services = Object.keys(allEvents) as ServiceName[]
const events = services.flatMap((service) => allEvents[service].map((schema) => ({ service, event: nameOf(schema) })))
const recipes = { event: read('docs/how-to/event.md'), service: read('docs/how-to/service.md') }

/** The files that a recipe names: what is set as code and has a folder or an ending, and what its commands run. */
const pathsIn = (recipe: string) => [
  ...new Set(
    [...recipe.matchAll(/(?<=`)(?:[\w.<>-]+\/)*[\w.<>-]+(?=`)|(?<=^ {4}.*)\S+\.test\.ts/gm)]
      .map(([path]) => path)
      .filter((path) =>
        /^(libs|services|infra|test|docs)\/|^(\.env\.example|README\.md|docker-compose\.yml)$/.test(path),
      ),
  ),
]
const rooms: Record<ServiceName, string> = {
  orders: 'order',
  shipping: 'shipment',
  returns: 'withdrawal',
  privacy: 'erasure',
}
const filled = (path: string, service: ServiceName, event = '') =>
  path
    .replaceAll(/<(service|hearer)>/g, service)
    .replaceAll('<room>', rooms[service])
    .replaceAll('<Event>', event)

/** What a service tells, in its file and in those beside it that begin with its name. */
const contractOf = (service: string) =>
  globSync(`libs/contracts/${service}{,-*}.ts`, { cwd: ROOT }).sort().map(read).join('\n')

t.test('"add an event"', async (t) => {
  t.test('names files that every event has', async (t) => {
    const paths = pathsIn(recipes.event)
    t.ok(paths.length >= 8, String(paths))
    const missing = events.flatMap(({ service, event }) =>
      paths.map((path) => filled(path, service, event)).filter((path) => !existsSync(`${ROOT}${path}`)),
    )
    t.strictSame([...new Set(missing)], [])
  })
  for (const { service, event } of events)
    t.test(`${event} has taken every step`, async (t) => {
      const contract = contractOf(service)
      t.match(contract, new RegExp(`^export const ${event} = event\\(\\s*'${event}',`, 'm'), 'its schema')
      t.match(contract, new RegExp(`^export type ${event} = Static<typeof ${event}>$`, 'm'), 'its type')
      const sources = globSync(`services/${service}/**/*.ts`, {
        cwd: ROOT,
        exclude: ['**/node_modules/**', '**/test/**'],
      })
      const tellers = sources.filter((path) => read(path).includes(`type: '${event}'`))
      t.strictNotSame(tellers, [], 'a decision that tells it')
      const folds = sources.filter((path) =>
        new RegExp(`case '${event}'|=== '${event}'|\\b${event}:|Decider<\\w+, \\w+, ${event}>`).test(read(path)),
      )
      const rows = tellers.filter((path) => /\.(insertInto|updateTable)\(/.test(read(path)))
      t.strictNotSame(
        [...folds, ...rows],
        [],
        'what its state becomes: by its decider, or a row beside which it is told',
      )
    })
  t.test('an event that is declared stands in the list of its service, from which its union follows', async (t) => {
    for (const service of services) {
      const contract = contractOf(service)
      const declared = [...contract.matchAll(/^export const (\w+) = event\(/gm)].map(([, name]) => name)
      t.strictSame(declared.toSorted(), allEvents[service].map(nameOf).sort(), service)
      t.match(contract, /^export type \w+Event = Static<\(typeof \w+Events\)\[number\]>$/m, service)
    }
  })
  t.test('marks what nothing but care reminds of, and runs the contracts of whoever hears', async (t) => {
    t.match(recipes.event, /marked with \*\*!\*\*/)
    for (const step of ['Follow-ups', 'Reactions', 'People'])
      t.match(recipes.event, new RegExp(`\\*\\*${step}\\*\\* \\*\\*!\\*\\*`), step)
    t.match(recipes.event, /^ {4}npx -y pnpm test services\/<hearer>\/test\/contracts\.test\.ts/m)
  })
  t.test('a reaction has a test that names it, among the contracts of its service', async (t) => {
    for (const service of services) {
      const { reactions } = await import(`@vilkar/${service}/service.ts`)
      const contracts = read(`services/${service}/test/contracts.test.ts`)
      const untested = Object.keys(reactions).filter((name) => !new RegExp(`\\b${name}\\b`).test(contracts))
      t.strictSame(untested, [], service)
    }
  })
  t.test('every reaction is to an event of the contracts', async (t) => {
    for (const service of services) {
      const { reactions } = await import(`@vilkar/${service}/service.ts`)
      const unknown = Object.keys(reactions).filter((name) => !events.some(({ event }) => event === name))
      t.strictSame(unknown, [], service)
    }
  })
})

t.test('"add a service"', async (t) => {
  t.test('names files that every service has', async (t) => {
    const paths = pathsIn(recipes.service)
    t.ok(paths.length >= 30, String(paths))
    const missing = services.flatMap((service) =>
      paths.map((path) => filled(path, service)).filter((path) => !existsSync(`${ROOT}${path}`)),
    )
    t.strictSame([...new Set(missing)], [])
  })
  t.test('names every file outside services/ that names all services', async (t) => {
    const named = new Set(pathsIn(recipes.service))
    const texts = globSync('{.env.example,*.{md,yml,json},{libs,infra,test}/**/*.{ts,json,sql,conf}}', {
      cwd: ROOT,
      exclude: [
        'CHANGELOG.md',
        '**/node_modules/**',
        'libs/terms/**',
        'libs/client/generated/**',
        'test/tidy/**',
        'infra/nats/test/**',
        'test/how-to.test.ts',
      ],
    })
    const listing = texts.filter((path) => {
      const text = read(path).toLowerCase()
      return services.every((service) => new RegExp(`(?<![a-z])${service}(?![a-z])`).test(text))
    })
    t.ok(listing.length >= 20, String(listing))
    const forgotten = listing.filter((path) => !named.has(path) && path !== 'package.json')
    t.strictSame(forgotten, [])
  })
})
