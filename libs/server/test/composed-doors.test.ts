import t from 'tap'
import { Type } from 'typebox'
import { composedDoor } from '../composed-doors.ts'
import { createServer } from '../http.ts'
import { createLog } from '../log.ts'
import { httpError } from '../problems.ts'

const server = await createServer({
  ...{ title: 'Composed', description: 'For the test.', log: createLog('composed', 'silent') },
  verifyToken: async (token) => ({
    subject: token,
    scopes: new Set(token.split('~').map((word) => word.replace('.', ':'))),
  }),
})
t.teardown(() => server.close())

const config = { access: 'orders:read' as const }
const params = Type.Object({ id: Type.String() })
const Thing = Type.Object({ name: Type.String(), at: Type.Optional(Type.String()), by: Type.String() })
let broken = false
server.get(
  '/things/:id',
  { config, schema: { params, response: { 200: Thing } } },
  async ({ params: { id }, query, caller }) => {
    if (id === 'none') throw httpError(404, 'order-unknown', 'There is no such thing.')
    const { at } = query as { at?: string }
    return { name: id, at, by: caller.subject, secret: 'of no schema' } as never
  },
)
server.get('/things/:id/parts', { config, schema: { params, response: { 200: Thing } } }, async (): Promise<never> => {
  if (broken) throw new Error('The database is away.')
  throw httpError(404, 'order-unknown', 'There are no parts.')
})
server.get(
  '/texts/:id',
  { config: { access: 'staff' }, schema: { params, response: { 200: Type.Object({ text: Type.String() }) } } },
  async (_request, reply) => reply.type('application/json').send('{"text":"as it was written"}' as never),
)
server.get('/hooked', { config, preHandler: async () => {}, schema: { response: { 200: Thing } } }, async () => ({
  ...{ name: '', by: '' },
}))
const about = { summary: 'All.', description: 'All of a thing.', tags: ['things'], title: 'All' }
composedDoor(server as never, {
  ...{ ...about, path: '/things/:id/all', access: 'orders:read', operationId: 'readAll', params, required: 'thing' },
  querystring: Type.Object({ at: Type.Optional(Type.String()) }, { additionalProperties: false }),
  parts: {
    thing: { door: '/things/:id' },
    later: { door: '/things/:id', query: (_, { at }) => (at === undefined ? undefined : { at }) },
    parts: { door: '/things/:id/parts' },
    text: { door: '/texts/:id' },
  },
})

async function ask(path: string, token: string) {
  const answer = await server.inject({ method: 'GET', url: path, headers: { authorization: `Bearer ${token}` } })
  return { status: answer.statusCode, body: answer.json() }
}
const staff = 'orders.read~staff'

t.test('the parts are what their doors answer the same caller, by their schemas', async (t) => {
  const thing = { name: 'a', by: staff }
  t.strictSame((await ask('/things/a/all', staff)).body, { thing, text: { text: 'as it was written' }, unread: [] })
  const { body } = await ask('/things/a/all?at=noon', staff)
  t.strictSame(body.later, { ...thing, at: 'noon' }, 'a part is asked what the whole says')
  t.strictSame(body.thing, thing, 'and nothing else')
})

t.test('what a caller may not read is left out, and what they may not ask is refused', async (t) => {
  t.strictSame((await ask('/things/a/all', 'orders.read')).body, {
    ...{ thing: { name: 'a', by: 'orders.read' }, unread: [] },
  })
  t.equal((await ask('/things/a/all', 'staff')).status, 403)
  t.equal((await ask('/things/a/all?when=noon', staff)).status, 400)
})

t.test('without the part that is required there is no answer, and what fails is named', async (t) => {
  const { status, body } = await ask('/things/none/all', staff)
  t.match({ status, detail: body.detail }, { status: 404, detail: 'There is no such thing.' })
  broken = true
  t.match((await ask('/things/a/all', staff)).body, { thing: { name: 'a' }, unread: ['parts'] })
})

t.test('it is composed of doors that are there and have no hooks of their own', async (t) => {
  const composed = { ...about, path: '/other', access: 'staff' as const, operationId: 'other' }
  const compose = (door: string) => () => composedDoor(server as never, { ...composed, parts: { one: { door } } })
  t.throws(compose('/nowhere'), { message: 'No door reads /nowhere.' })
  t.throws(compose('/hooked'), { message: /hooks of its own/ })
})
