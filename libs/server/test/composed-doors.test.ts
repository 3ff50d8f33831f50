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
let counted = 0
const countAddress = async () => {
  counted += 1
}
const open = { config: { access: 'public' as const }, onRequest: countAddress }
const byLink = Type.Object({ link: Type.String(), at: Type.Optional(Type.String()) }, { additionalProperties: false })
for (const path of ['/linked', '/linked/parts'])
  server.get(path, { ...open, schema: { querystring: byLink, response: { 200: Thing } } }, async ({ query }) => {
    if (query.link !== 'good') throw httpError(404, 'link-unknown', 'The link is not whole.')
    if (query.at === 'never') throw httpError(400, 'invalid-input', 'There is no such moment.')
    return { name: path, by: query.link }
  })
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

const asked = (_: object, { link }: { link?: unknown }) => ({ link })
composedDoor(server as never, {
  ...{ ...about, path: '/linked/all', access: 'public', onRequest: countAddress, operationId: 'readLinkedAll' },
  ...{ querystring: byLink, required: 'thing' },
  parts: {
    thing: { door: '/linked', query: asked },
    parts: { door: '/linked/parts', query: (_, { link, at }) => ({ link, at }) },
    closed: { door: '/texts/:id' },
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

t.test('what opens it may stand in the query, and who asks is counted once for all of it', async (t) => {
  const read = async (query: string) => {
    counted = 0
    const answer = await server.inject({ method: 'GET', url: `/linked/all?${query}` })
    return { status: answer.statusCode, body: answer.json(), counted }
  }
  const thing = { name: '/linked', by: 'good' }
  t.strictSame(await read('link=good'), {
    ...{ status: 200, counted: 1 },
    body: { thing, parts: { name: '/linked/parts', by: 'good' }, unread: [] },
  })
  t.match(await read('link=forged'), { status: 404, body: { detail: 'The link is not whole.' } })
  t.match(await read('link=good&at=never'), { status: 400, body: { detail: 'There is no such moment.' } })
})

t.test('it is composed of doors that are there and have no hooks of their own', async (t) => {
  const composed = { ...about, path: '/other', access: 'staff' as const, operationId: 'other' }
  const compose = (door: string) => () => composedDoor(server as never, { ...composed, parts: { one: { door } } })
  t.throws(compose('/nowhere'), { message: 'No door reads /nowhere.' })
  t.throws(compose('/hooked'), { message: /hooks of its own/ })
  t.throws(compose('/linked'), { message: /hooks of its own/ })
})
