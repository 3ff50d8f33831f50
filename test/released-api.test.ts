import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import t from 'tap'
import { breaksBetween } from '../infra/docs/breaks.ts'
import { linesOf, type OpenApi, type Surface, surfaceFrom, surfaceOf } from '../infra/docs/surface.ts'
import { ROOT } from './tidy/sources.ts'

/**
 * What would break a caller of the last release: the newest tag `v…` where there is one, else what docs/released keeps of it, which
 * `RELEASE_API=1 npx -y pnpm test test/released-api.test.ts` writes when a release is made.
 */
const ENDING = '.openapi.json'
const SERVICES = readdirSync(`${ROOT}/docs/api`).flatMap((name) =>
  name.endsWith(ENDING) ? [name.slice(0, -ENDING.length)] : [],
)
const now = (service: string) => JSON.parse(readFileSync(`${ROOT}/docs/api/${service}.openapi.json`, 'utf8')) as OpenApi
const git = (...args: string[]) =>
  execFileSync('git', ['-C', ROOT, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'ignore'],
  })

function lastTag(): string | undefined {
  try {
    return git('tag', '--list', 'v*', '--sort=-v:refname').split('\n').find(Boolean)
  } catch {
    return undefined
  }
}
const tag = lastTag()
const kept = (service: string) => `${ROOT}/docs/released/${service}.txt`
const released = (service: string): Surface =>
  tag === undefined
    ? surfaceFrom(readFileSync(kept(service), 'utf8').split('\n'))
    : surfaceOf(JSON.parse(git('show', `${tag}:docs/api/${service}.openapi.json`)))

if (process.env.RELEASE_API)
  for (const service of SERVICES) writeFileSync(kept(service), `${linesOf(surfaceOf(now(service))).join('\n')}\n`)

for (const service of SERVICES)
  t.test(
    `${service} breaks nobody who calls it as of ${tag ?? 'what docs/released keeps (there is no tag here)'}`,
    async (t) => {
      const before = released(service)
      t.ok(before.size > 10)
      t.strictSame(breaksBetween(before, surfaceOf(now(service))), [])
    },
  )

t.test('what is kept of a release says all that its document said', async (t) => {
  for (const service of SERVICES) {
    const lines = linesOf(surfaceOf(now(service)))
    t.strictSame(linesOf(surfaceFrom(lines)), lines)
  }
})

t.test('what breaks a caller is named', async (t) => {
  const schema = (properties: object, required: string[] = []) => ({ type: 'object', properties, required })
  type Changes = { takes?: object; answers?: object; scope?: string; method?: string; parameters?: object[] }
  const api = (changes: Changes = {}) =>
    surfaceOf({
      paths: {
        '/things': {
          [changes.method ?? 'post']: {
            operationId: 'makeThing',
            security: [{ bearer: [changes.scope ?? 'things:write'] }],
            parameters: changes.parameters ?? [],
            requestBody: {
              required: true,
              content: {
                'application/json': {
                  schema: changes.takes ?? schema({ name: { type: 'string' }, kind: { enum: ['a', 'b'] } }, ['name']),
                },
              },
            },
            responses: {
              201: {
                content: {
                  'application/json': {
                    schema: changes.answers ?? schema({ id: { type: 'string' }, state: { enum: ['x'] } }, ['id']),
                  },
                },
              },
            },
          },
        },
      },
    } as never)
  const text = { type: 'string' }
  for (const [change, expected] of [
    [{}, []],
    [{ takes: schema({ name: text, kind: { enum: ['a', 'b', 'c'] }, more: text }, ['name']) }, []],
    [{ answers: schema({ id: text, state: { enum: ['x', 'y'] }, more: text }, ['id', 'more']) }, []],
    [{ takes: schema({ name: text, kind: text, deep: schema({ in: text }, ['in']) }, ['name']) }, []],
    [
      { takes: schema({ name: text, kind: { enum: ['a'] } }, ['name']) },
      ['makeThing: body.kind may not be "b" any more.'],
    ],
    [{ takes: schema({ name: text }, ['name']) }, ['makeThing: body.kind is not taken any more.']],
    [
      { takes: schema({ name: text, kind: text }, ['name', 'kind']) },
      ['makeThing: body.kind could be left out and must be there.'],
    ],
    [
      { takes: schema({ name: text, kind: text, more: text }, ['name', 'more']) },
      ['makeThing: body.more is new and must be there.'],
    ],
    [
      { parameters: [{ in: 'query', name: 'q', required: true, schema: text }] },
      ['makeThing: query.q is new and must be there.'],
    ],
    [{ parameters: [{ in: 'query', name: 'q', schema: { type: 'array', items: text } }] }, []],
    [
      { answers: schema({ id: text, state: { enum: ['x'] } }) },
      ['makeThing: 201.id was always answered and may be left out.'],
    ],
    [
      { answers: schema({ id: { type: 'integer' }, state: { enum: ['x'] } }, ['id']) },
      ['makeThing: 201.id may be integer, which it never was.'],
    ],
    [{ answers: schema({ id: text }, ['id']) }, ['makeThing: 201.state is not answered any more.']],
    [{ scope: 'staff' }, ['makeThing: it was for things:write and is for staff.']],
    [{ method: 'put' }, ['makeThing: it was POST /things and is PUT /things.']],
  ] satisfies [Changes, string[]][])
    t.strictSame(breaksBetween(api(), api(change)), expected, expected.join() || 'nothing')
  t.strictSame(breaksBetween(api(), new Map()), ['makeThing (POST /things) is gone.'])
})
