import { Instant } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { byLaw } from '@vilkar/terms/ruling/citing.ts'
import { angrerettloven } from '@vilkar/terms/statute/angrerettloven.ts'
import { forbrukerkjopsloven } from '@vilkar/terms/statute/forbrukerkjopsloven.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { allExplained, type Explanation, explain, explanations, readExplained, unexplained } from '../explained.ts'
import { foreseeCode } from '../foresee-code.ts'
import { reviveCodes } from '../revive.ts'

const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 200
const tags = ['carriers']
const params = Type.Object({ carrier: Type.String({ maxLength: 40 }) })
const strict = { additionalProperties: false }
const Code = Type.String({
  ...{ minLength: 1, maxLength: 200, pattern: '^[^\\x00-\\x1f]+$', examples: ['HELD_BY_CUSTOMS'] },
  errorMessage: 'must be the carrier’s own word, on one line',
  description: 'As the carrier writes it.',
})
const Meaning = Type.Unsafe<Explanation>(
  Type.Union(
    explanations.map((each) => Type.Literal(each)),
    {
      description:
        'Where the parcel is (see ParcelReported); delivered: somebody took it, and what comes with the code says who; nothing: of its way it says nothing.',
    },
  ),
)
const Count = (description: string) => Type.Integer({ minimum: 0, description })
const CodeView = Type.Object(
  {
    ...{ carrier: Type.String(), code: Type.String() },
    ...{ events: Count('What was told by it and waits.'), parcels: Count('The parcels of these.') },
    since: Type.Optional(Type.String({ ...Instant, description: 'When it was heard first.' })),
    last: Type.Optional(Type.String({ ...Instant, description: 'When it was heard last.' })),
    detail: Type.Optional(Type.String({ description: 'What the carrier said with it last.' })),
    meaning: Type.Optional(Meaning),
    ...{ explainedAt: Type.Optional(Instant), by: Type.Optional(Type.String()), why: Type.Optional(Type.String()) },
  },
  { title: 'CarrierCode' },
)

/** Codes that no table has: those that wait for somebody, those that somebody explained, and the explaining of one. */
export function carrierCodes(server: Server, deps: Deps) {
  listRoute(server, deps)
  explainRoutes(server, deps)
}

const instant = (moment: string) => Temporal.Instant.from(moment).toString()

function listRoute(server: Server, { db }: Deps) {
  server.get(
    '/carrier-codes',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listCarrierCodes',
        summary: 'Codes of carriers that no table has: what waits for somebody, or what was explained',
        description: 'What was heard first stands first; of what was explained, the last.',
        tags,
        querystring: Type.Object(
          {
            explained: Type.Optional(Type.Boolean({ default: false })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          strict,
        ),
        response: { 200: Type.Object({ items: Type.Array(CodeView) }), ...problems(400, 401, 403) },
      },
    },
    async ({ query: { explained, limit = PAGE_SIZE } }) => {
      if (!explained) {
        const rows = await unexplained(db, limit)
        const items = rows.map(({ detail, since, last, ...each }) => ({
          ...{ ...each, since: instant(since), last: instant(last) },
          ...(detail !== null && { detail }),
        }))
        return { items }
      }
      const rows = await allExplained(db, limit)
      const items = rows.map(({ carrier, code, meaning, explained_at, personal }) => {
        const { by, why } = personal.said.at(-1)!
        return { carrier, code, events: 0, parcels: 0, meaning, explainedAt: instant(explained_at), by, why }
      })
      return { items }
    },
  )
}

const Foreseen = Type.Object(
  {
    changes: Type.Boolean({ description: 'false: it was explained so already, and nothing more would happen.' }),
    ...{ events: Count('What waits by it, as far as it is counted.'), parcels: Count('The parcels of these.') },
    applied: Count('What a shipment would hear, or a parcel that goes back.'),
    refused: Count('What a shipment would not take: it was received before, or is not on its way.'),
    waiting: Count('What goes on waiting for its parcel to be dispatched.'),
    was: Type.Optional(Meaning),
    reasons: Type.Unsafe<Static<typeof Reasons>>({ ...Reasons, description: 'What hangs on where a parcel is.' }),
  },
  { title: 'CarrierCodeForeseen' },
)
const Asked = { code: Code, meaning: Meaning }

/** From when days are counted, and until when the seller bears the risk. */
const OF_PLACE = byLaw('risk-until-received', forbrukerkjopsloven('§ 14'))
const OF_RECEIPT = byLaw('period-begins-when-received', angrerettloven('§ 21'))
const reasonsOf = (meaning: Explanation) =>
  meaning === 'nothing' ? [] : meaning === 'delivered' ? [OF_RECEIPT, OF_PLACE] : [OF_PLACE]

function explainRoutes(server: Server, deps: Deps) {
  const carrierOf = (name: string, code: string) => {
    const carrier = deps.carriers.named(name)
    if (carrier === undefined) throw httpError(404, 'carrier-unknown', 'This shop does not hear such a carrier.')
    if (Object.hasOwn(carrier.codes, code))
      throw httpError(409, 'code-known', 'What this code means stands in the table of its carrier.')
    return carrier
  }
  server.post(
    '/carriers/:carrier/codes/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewCarrierCode',
        summary: 'See what would become of parcels by what a code is said to mean',
        description: 'Nothing is done. What waits by the code is looked at as it would be heard now.',
        ...{ tags, params, body: Type.Object(Asked, { ...strict, title: 'CarrierCodeAsked' }) },
        response: { 200: Foreseen, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { carrier: name }, body: { code, meaning } }) => {
      const carrier = carrierOf(name, code)
      const was = (await readExplained(deps.db, name, code))?.meaning
      const seen = await foreseeCode(deps.db, carrier, { code, meaning }, deps.clock.now())
      return { changes: was !== meaning, ...seen, ...(was && { was }), reasons: reasonsOf(meaning) }
    },
  )
  server.put(
    '/carriers/:carrier/codes',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'explainCarrierCode',
        summary: 'Say what a code of a carrier means that no table has',
        description:
          'What was told by it is applied now, to each parcel in the order in which it happened, and what is told later at once. A code says where a parcel is, or that somebody took it, and never by itself that this was the customer. Said otherwise later, that holds of what is told from then on: what was applied stays, and a delivery is corrected by its own door. 409 `code-known` of a code that the tables have.',
        tags,
        params,
        body: Type.Object(
          {
            ...Asked,
            why: Type.String({ ...Why, description: 'How it is known: the carrier’s manual, or its word.' }),
          },
          { ...strict, title: 'CarrierCodeExplained' },
        ),
        response: { 200: CodeView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { carrier: name }, body: { code, meaning, why }, caller: { subject: by } }) => {
      const carrier = carrierOf(name, code)
      const said = { meaning, at: deps.clock.now().toString(), by, why: asKept(why) }
      await transact(deps, (trx) => explain(trx, { carrier: name, code, ...said }))
      // Said again it is looked through again, so that nothing is left of a call that broke off.
      await reviveCodes(deps, carrier, [code])
      const { personal } = (await readExplained(deps.db, name, code))!
      const last = personal.said.at(-1)!
      const view = { carrier: name, code, events: 0, parcels: 0, meaning: last.meaning }
      return { ...view, explainedAt: instant(last.at), by: last.by, why: last.why }
    },
  )
}
