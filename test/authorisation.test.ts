import { createTokenVerifier } from '@vilkar/server/token-verifier.ts'
import { startForger } from '@vilkar/testing/forger.ts'
import { FILE_TIMEOUT_MS } from '@vilkar/testing/patience.ts'
import t from 'tap'
import { isDocumentsPage, publicDoors } from './doors/public-doors.ts'
import { type DoorOf, openDoors, pathOf } from './doors/three-apps.ts'
import { miswritten, poorTokens, wrongTokens } from './doors/token-kinds.ts'

const forger = await startForger()
t.teardown(() => forger.stop())
const MANY = 1_000_000_000
const { doors, close } = await openDoors({
  verifyToken: createTokenVerifier({
    ...{ issuer: forger.url, audience: forger.audience },
    // After half a minute it may ask again, and a slow machine takes longer than that.
    unknownKeyMs: 2 * FILE_TIMEOUT_MS,
  }),
  rateLimitPerMinute: MANY,
  serviceRateLimitPerMinute: MANY,
})
t.teardown(close)
const closed = doors.filter(({ access }) => access !== 'public')
const scopes = [...new Set(closed.map(({ access }) => access))]

async function knock({ app, method, url }: DoorOf, authorization: string | undefined, query = '') {
  const headers = authorization === undefined ? {} : { authorization }
  const { statusCode } = await app.inject({ method: method as 'GET', url: `${pathOf(url)}${query}`, headers })
  return statusCode
}

t.test('the doors that are public are those that are listed, and no others', async (t) => {
  const open = doors.filter(({ access, name }) => access === 'public' && !isDocumentsPage(name))
  const listed = publicDoors.flatMap((name) =>
    name.includes(' GET ') ? [name, name.replace(' GET ', ' HEAD ')] : name,
  )
  t.strictSame(open.map(({ name }) => name).sort(), listed.sort())
})

t.test(
  'the documents say of every closed door which scope it needs, and of public ones that they need none',
  async (t) => {
    type Operation = { security?: { bearer: string[] }[] }
    for (const { app, method, url, access, name } of doors) {
      const { paths } = app.swagger() as unknown as { paths: Record<string, Record<string, Operation>> }
      const operation = paths[url.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
      if (method === 'HEAD' || (access === 'public' && operation === undefined)) continue
      t.strictSame(operation?.security, access === 'public' ? undefined : [{ bearer: [access] }], name)
    }
  },
)

const wrong = wrongTokens(forger)
const poor = poorTokens(forger)
t.test(
  `${closed.length} closed doors let nobody in by any of ${wrong.length + poor.length + miswritten.length} kinds of tokens`,
  async (t) => {
    t.ok(closed.length > 30 && wrong.length + poor.length + miswritten.length >= 40)
    const surprises: string[] = []
    // Signing costs more than knocking: doors that need the same scope are tried with the same tokens.
    for (const [needed, doorsOfScope] of Map.groupBy(closed, ({ access }) => access)) {
      const others = scopes.filter((scope) => scope !== needed)
      const tried = [
        ...wrong.map(([kind, header, expected]) => ({ kind, header: header([needed, 'staff']), expected })),
        ...poor.map(([kind, header, expected]) => ({ kind, header: header(others), expected })),
        ...miswritten.map(([kind, write]) => ({
          kind,
          header: `Bearer ${forger.token(write(needed))}`,
          expected: 403,
        })),
      ]
      const query = `?access_token=${forger.token({ scope: needed })}`
      for (const door of doorsOfScope) {
        for (const { kind, header, expected } of tried) {
          const status = await knock(door, header)
          if (status !== expected) surprises.push(`${door.name} with a token ${kind}: ${status} and not ${expected}`)
        }
        const inQuery = await knock(door, undefined, query)
        if (inQuery !== 401) surprises.push(`${door.name} with a token in the query: ${inQuery}`)
      }
    }
    t.strictSame(surprises, [])
  },
)

t.test('every closed door lets in who has its scope, and staff alone only where staff is what it needs', async (t) => {
  for (const door of closed) {
    const entered = await knock(door, `Bearer ${forger.token({ scope: door.access })}`)
    t.notOk([401, 403].includes(entered), `${door.name} answers ${entered} to its own scope`)
    const asStaff = await knock(door, `Bearer ${forger.token({ scope: 'staff' })}`)
    t.equal(asStaff === 403, door.access !== 'staff', `${door.name} answers ${asStaff} to staff`)
  }
})

t.test('the issuer was asked once, whatever was tried', async (t) => {
  t.strictSame(forger.asked, { metadata: 1, keys: 1 })
})
