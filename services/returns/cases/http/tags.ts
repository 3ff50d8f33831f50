import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { Transaction } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { orderUnknown } from '../../order-facts/http/visible-to.ts'
import { lockOrder, lockOrderOfCase, readOrder } from '../../order-facts/store.ts'
import { tellWriting } from '../../order-facts/tell-writing.ts'
import { readCase } from '../list.ts'
import { addTag, ordersTagged, removeTag, tagsInUse, tagsOf } from '../tag-store.ts'

const strict = { additionalProperties: false }
/** So many words one order or one case bears. */
const MOST_TAGS = 20
const MOST_LISTED = 100

/** A tag: one short word, in lower case. */
export const Word = Type.String({
  ...{ minLength: 1, maxLength: 30, pattern: '^[0-9a-zæøåäöéü]+(-[0-9a-zæøåäöéü]+)*$' },
  errorMessage: 'must be one word of up to 30 small letters, digits and hyphens',
  description: 'One word of small letters and digits; hyphens join its parts.',
})
const Tags = Type.Object(
  { items: Type.Array(Type.Object({ word: Word, taggedAt: Type.String(), taggedBy: Type.String() })) },
  { title: 'Tags', description: 'By the alphabet.' },
)
const config = { access: 'staff' } as const
const tags = ['cases']
const answers = { 200: Tags, ...problems(400, 401, 403, 404, 409) }

/** What a tag is about, and what locks its order, so that two who tag at once count each other's. */
type About = {
  path: string
  name: string
  what: string
  lock: (trx: Transaction<Database>, id: string) => Promise<string>
}

const ofOrders: About = {
  ...{ path: '/orders/:id/tags', name: 'Order', what: 'an order' },
  lock: async (trx, id) => ((await lockOrder(trx, id)) ? id : orderUnknown()),
}
const ofCases: About = {
  ...{ path: '/returns/:id/tags', name: 'Case', what: 'a case' },
  async lock(trx, id) {
    await lockOrderOfCase(trx, id)
    const found = await readCase(trx, id)
    if (found === undefined) throw httpError(404, 'case-unknown', 'There is no such case.')
    return found.order_id
  },
}

/** Short words by which the staff finds orders and cases again. For staff alone; they go with the order's cases. */
export function tagging(server: Server, deps: Deps) {
  for (const about of [ofOrders, ofCases]) change(server, deps, about)
  server.get(
    ofOrders.path,
    {
      config,
      schema: {
        ...{ operationId: 'listOrderTags', summary: 'The tags of an order', tags, params: Type.Object({ id: Id }) },
        response: { 200: Tags, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) =>
      (await readOrder(deps.pool, id)) ? { items: await tagsOf(deps.db, id) } : orderUnknown(),
  )
  find(server, deps)
}

function change(server: Server, deps: Deps, { path, name, what, lock }: About) {
  const params = Type.Object({ id: Id, word: Word })
  server.put(
    `${path}/:word`,
    {
      config,
      schema: {
        ...{ operationId: `tag${name}`, summary: `Tag ${what}`, tags, params, response: answers },
        description: `For staff alone. Said again it is the tag that there was; 409 \`tags-full\` beyond ${MOST_TAGS}.`,
      },
    },
    async ({ params: { id, word }, caller }) => {
      const items = await transact(deps, async (trx) => {
        const orderId = await lock(trx, id)
        const at = deps.clock.now()
        await tellWriting(trx, orderId, at)
        await addTag(trx, { about: id, word, orderId, taggedAt: at.toString(), taggedBy: caller.subject })
        const now = await tagsOf(trx, id)
        if (now.length > MOST_TAGS)
          throw httpError(409, 'tags-full', `There are ${MOST_TAGS} tags. Take one off first.`)
        return now
      })
      return { items }
    },
  )
  server.delete(
    `${path}/:word`,
    {
      config,
      schema: {
        ...{ operationId: `untag${name}`, summary: `Take a tag off ${what}`, tags, params },
        ...{ description: 'Taken off before, or never there: nothing changes.', response: answers },
      },
    },
    async ({ params: { id, word } }) => {
      const items = await transact(deps, async (trx) => {
        await lock(trx, id)
        await removeTag(trx, id, word)
        return tagsOf(trx, id)
      })
      return { items }
    },
  )
}

function find(server: Server, { db }: Deps) {
  const InUse = Type.Object({ word: Word, orders: Type.Integer(), cases: Type.Integer() })
  server.get(
    '/tags',
    {
      config,
      schema: {
        ...{ operationId: 'listTags', summary: 'The tags in use', tags },
        description: `Those of most orders and cases first, ${MOST_LISTED} at the most.`,
        response: { 200: Type.Object({ items: Type.Array(InUse) }), ...problems(401, 403) },
      },
    },
    async () => ({ items: await tagsInUse(db, MOST_LISTED) }),
  )
  const Found = Type.Object({ orderId: Id, number: Type.Optional(Type.String()) })
  server.get(
    '/tags/:word/orders',
    {
      config,
      schema: {
        ...{ operationId: 'listTaggedOrders', summary: 'Orders with a tag, of their own or of a case of theirs', tags },
        params: Type.Object({ word: Word }),
        querystring: Type.Object(
          {
            after: Type.Optional(Type.String({ ...Id, description: '`next` of the page before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_LISTED, default: MOST_LISTED })),
          },
          strict,
        ),
        response: {
          200: Type.Object({
            items: Type.Array(Found),
            next: Type.Optional(Type.String({ description: 'Where the next page begins, when there is one.' })),
          }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ params: { word }, query: { after, limit = MOST_LISTED } }) => ordersTagged(db, { word, after, limit }),
  )
}
