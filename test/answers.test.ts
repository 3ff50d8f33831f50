import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { problemKinds } from '@vilkar/server/problem-kinds.ts'
import t from 'tap'
import { type DoorOf, openDoors, pathOf } from './doors/three-apps.ts'
import { find, isTest, ROOT } from './tidy/sources.ts'

type Operation = { responses: Record<string, { content?: Record<string, unknown> }>; requestBody?: object }
type Document = { paths: Record<string, Record<string, Operation>> }

const MANY = 1_000_000_000
const noToken = async () => ({ subject: 'kari', scopes: new Set<string>(['service']) })
const { doors, close } = await openDoors({
  verifyToken: noToken,
  rateLimitPerMinute: MANY,
  serviceRateLimitPerMinute: MANY,
})
t.teardown(close)
const allIn = await openDoors({
  verifyToken: async () => ({ subject: 'all', scopes: new Set(doors.map(({ access }) => access)) }),
  ...{ rateLimitPerMinute: MANY, serviceRateLimitPerMinute: MANY },
})
t.teardown(allIn.close)
const held = await openDoors({ verifyToken: noToken, rateLimitPerMinute: 1, serviceRateLimitPerMinute: 1 })
t.teardown(held.close)

const operationOf = ({ app, method, url }: DoorOf) =>
  (app.swagger() as unknown as Document).paths[url.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
const documented = (all: DoorOf[]) => all.filter((door) => door.method !== 'HEAD' && operationOf(door) !== undefined)

type Ask = { url?: string; headers?: Record<string, string>; payload?: string }
const json = { authorization: 'Bearer token', 'content-type': 'application/json' }
/** Ways to ask wrongly, each with what a door may answer to it: what the first letters of a kind of door say it cannot. */
const ways: [string, (door: DoorOf) => Ask, number[]][] = [
  ['without a token', () => ({}), [401]],
  ['with a token without its scope', () => ({ headers: { authorization: 'Bearer token' } }), [403]],
]
const waysIn: [string, (door: DoorOf) => Ask][] = [
  ['with nothing else', () => ({ headers: { authorization: 'Bearer token' } })],
  ['with a body that is not JSON', () => ({ headers: json, payload: '{"' })],
  ['with a body of another kind', () => ({ headers: { ...json, 'content-type': 'application/xml' }, payload: '<a/>' })],
  ['with a body that is too large', () => ({ headers: json, payload: JSON.stringify('x'.repeat(300_000)) })],
  ['with an empty object', () => ({ headers: json, payload: '{}' })],
  ['with an unknown query', ({ url }) => ({ headers: json, payload: '{}', url: `${pathOf(url)}?unheard=of` })],
  ['with something else in its path', ({ url }) => ({ headers: json, payload: '{}', url: pathOf(url, 'x') })],
  [
    'with a path that is too long',
    ({ url }) => ({ headers: json, payload: '{}', url: url.replaceAll(/:\w+/g, 'x'.repeat(9_000)) }),
  ],
  [
    'with a path that is not well encoded',
    ({ url }) => ({ headers: json, payload: '{}', url: url.replaceAll(/:\w+/g, '%zz') }),
  ],
]

/** What is wrong with the answer of a door, if it is: its status is declared, and what is no success is a problem with a page. */
async function faultOf(door: DoorOf, { url = pathOf(door.url), headers = {}, payload }: Ask) {
  const method = door.method as 'GET'
  const sent = method === 'GET' ? undefined : payload
  const response = await door.app.inject({ method, url, headers, ...(sent !== undefined && { payload: sent }) })
  const { statusCode: status } = response
  if (!(status in operationOf(door)!.responses)) return `${status} is not declared`
  if (status < 400) return undefined
  if (!String(response.headers['content-type']).startsWith('application/problem+json')) return `${status} is no problem`
  const { type, detail, status: told } = response.json()
  if (told !== status || typeof detail !== 'string') return `${status} is told as ${told}: ${detail}`
  const page = await door.app.inject({ method: 'GET', url: type })
  return page.statusCode === 200 ? undefined : `${type} leads nowhere`
}

for (const [way, ask, expected] of ways)
  t.test(`every closed door that is asked ${way} answers as its document says`, async (t) => {
    for (const door of documented(doors).filter(({ access }) => access !== 'public')) {
      t.equal(await faultOf(door, ask(door)), undefined, door.name)
      const { url = pathOf(door.url), headers = {} } = ask(door)
      t.equal(
        (await door.app.inject({ method: door.method as 'GET', url, headers })).statusCode,
        expected[0],
        door.name,
      )
    }
  })

for (const [way, ask] of waysIn)
  t.test(`every door that is asked ${way} answers as its document says`, async (t) => {
    for (const door of documented(allIn.doors)) t.equal(await faultOf(door, ask(door)), undefined, door.name)
  })

t.test('every door that is asked too often answers as its document says', async (t) => {
  for (const { app } of new Map(held.doors.map((door) => [door.service, door])).values())
    await app.inject({ method: 'GET', url: '/nowhere' })
  for (const door of documented(held.doors)) {
    const { statusCode } = await door.app.inject({ method: door.method as 'GET', url: pathOf(door.url) })
    t.equal(statusCode, 429, door.name)
    t.ok('429' in operationOf(door)!.responses, door.name)
  }
})

t.test('every kind of problem that the code names is in the table of kinds, and no others are', async (t) => {
  const sources = find('{services,libs/server,libs/alarms,libs/webhooks,libs/photos,libs/mail}/**/*.ts').filter(
    (path) => !isTest(path) && !path.endsWith('problem-kinds.ts'),
  )
  const named = sources.flatMap((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8')
    return [...text.matchAll(/\b(?:httpError|problem)\(\s*\d+,\s*'([a-z-]+)'|\bcode: '([a-z-]+)'/g)].map(
      ([, a, b]) => (a ?? b)!,
    )
  })
  // Kinds of requests that never become one are named beside what Node calls them.
  const ofConnections = ['headers-too-large', 'request-timeout', 'malformed-request']
  t.strictSame([...new Set([...named, ...ofConnections])].sort(), Object.keys(problemKinds).sort())
})
