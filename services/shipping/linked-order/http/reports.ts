import { Id } from '@vilkar/contracts/event.ts'
import { MAX_LINES } from '@vilkar/contracts/parts.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import { DamageKind } from '@vilkar/contracts/shipping-damage.ts'
import { photoRoutesByLink } from '@vilkar/photos/linked-routes.ts'
import type { Server } from '@vilkar/server/http.ts'
import { countAddressAt } from '@vilkar/server/limits.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import { foreseeChoice, LossForeseen } from '../../damage/http/preview-choice.ts'
import { Choice } from '../../damage/http/report-view.ts'
import { settleWithReplacement } from '../../damage/settle-loss.ts'
import { type DamageRow, listReports } from '../../damage/store.ts'
import { choosingOf } from '../../damage/whose-loss.ts'
import { carryOut, writeDown } from '../../damage/write-down.ts'
import type { Deps } from '../../deps.ts'
import { readOrderOf, readShipmentsOf } from '../../shipment/store.ts'
import { photoDepsOf } from '../../shipment/tell-pictures.ts'
import { assertOfOrder, Link, LinkQuery, orderOf, reportOf } from '../order-of-link.ts'
import { LinkedParcel, LinkedReport, parcelOf, reportView } from './parcels-view.ts'

const strict = { additionalProperties: false }
const tags = ['linked order']
const params = Type.Object({ id: Id }, strict)
/** Who is noted to have said it, since nobody is signed in. */
const BY = 'customer'
const MAX_REPORTS = 200

/** All that whoever has the signed link of an order may do about its parcels. One address may ask so often in a minute, of all of it together. */
export function linkedOrder(server: Server, deps: Deps) {
  const onRequest = countAddressAt(server as never, () => deps.settings.linkRequestsPerMinute)
  const door = { onRequest, config: { access: 'public' as const } }
  parcels(server, deps, door)
  report(server, deps, door)
  choose(server, deps, door)
  foresee(server, deps, door)
  photoRoutesByLink(server, photoDepsOf(deps), {
    ...{ path: '/linked-order/damage-reports/:id', tag: tags[0]!, onRequest },
    async find(link, id) {
      const { order_id: orderId } = await reportOf(deps, link, id)
      return { caseId: id, orderId }
    },
  })
}
type ByLink = { onRequest: ReturnType<typeof countAddressAt>; config: { access: 'public' } }

function parcels(server: Server, deps: Deps, door: ByLink) {
  server.get(
    '/linked-order/parcels',
    {
      ...door,
      schema: {
        operationId: 'listLinkedParcels',
        summary: 'The parcels of the order of a link',
        description:
          'What left or is to leave, where it is, and what was reported of it, the first that was asked for first.',
        tags,
        querystring: LinkQuery,
        response: { 200: Type.Object({ items: Type.Array(LinkedParcel) }), ...problems(400, 404) },
      },
    },
    async ({ query: { link } }) => {
      const orderId = await orderOf(deps, link)
      const found = await readShipmentsOf(deps.db, orderId)
      if (found === undefined) return { items: [] }
      const [choosing, rows] = await Promise.all([
        choosingOf(deps.db, found, deps.clock.now()),
        listReports(deps.db, { orderId, limit: MAX_REPORTS }),
      ])
      return { items: found.shipments.map((shipment) => parcelOf(shipment, rows, choosing)) }
    },
  )
}

function report(server: Server, deps: Deps, door: ByLink) {
  server.put(
    '/linked-order/damage-reports/:id',
    {
      ...door,
      schema: {
        operationId: 'reportDamageByLink',
        summary: 'Report that goods of the order of a link were damaged on their way, or never came',
        description:
          'As `PUT /damage-reports/{id}`, by the customer; the id is the caller’s to choose, and said twice it is one report. Pictures go to `POST /linked-order/damage-reports/{id}/photos`.',
        tags,
        params,
        body: Type.Object(
          {
            ...{ link: Link, shipmentId: Id, kind: DamageKind },
            lines: Type.Optional(Type.Array(UnitsSent, { minItems: 1, maxItems: MAX_LINES })),
            what: Type.String({ ...Why, description: 'What was found, in words.' }),
          },
          { ...strict, title: 'LinkedDamageReportBody' },
        ),
        response: { 200: LinkedReport, ...problems(400, 404, 409) },
      },
    },
    async ({ params: { id: reportId }, body: { link, what, ...said } }) => {
      await assertOfOrder(deps, await orderOf(deps, link), said.shipmentId)
      const at = deps.clock.now().toString()
      const kept = { by: BY, what: asKept(what), photos: [] }
      return answerOf(deps, await writeDown(deps, { ...said, reportId, at, reportedAt: at, reportedBy: BY, ...kept }))
    },
  )
}

function choose(server: Server, deps: Deps, door: ByLink) {
  server.put(
    '/linked-order/damage-reports/:id/choice',
    {
      ...door,
      schema: {
        operationId: 'chooseAfterLossByLink',
        summary: 'Choose what is to become of lost goods of the order of a link',
        description:
          'A new shipment of the same units, or their price back, chosen once, as by `PUT /damage-reports/{id}/choice`. 409 `loss-not-known`: nobody but the customer says yet that they are lost; 409 `units-withdrawn`: what they withdrew from is paid back; 409 `risk-is-customers`: it was lost at their own risk.',
        tags,
        params,
        body: Type.Object({ link: Link, choice: Choice }, { ...strict, title: 'LinkedLossChoice' }),
        response: { 200: LinkedReport, ...problems(400, 404, 409) },
      },
    },
    async ({ params: { id: reportId }, body: { link, choice } }) => {
      const { shipment_id: shipmentId } = await reportOf(deps, link, reportId)
      const data = { shipmentId, at: deps.clock.now().toString(), reportId, choice, replacementId: uuidv7() }
      const row = await carryOut(deps, reportId, (trx) =>
        settleWithReplacement(trx, { ...data, by: BY, isCustomer: true }),
      )
      return answerOf(deps, row)
    },
  )
}

function foresee(server: Server, deps: Deps, door: ByLink) {
  server.post(
    '/linked-order/damage-reports/:id/choice/preview',
    {
      ...door,
      schema: {
        operationId: 'previewChoiceAfterLossByLink',
        summary: 'See what would follow of a choice of lost goods of the order of a link',
        description:
          'Nothing is written down. Refused as `PUT /linked-order/damage-reports/{id}/choice` would be now. What would be paid back, returns says (`POST /linked-order/losses/preview`).',
        tags,
        params,
        body: Type.Object({ link: Link, choice: Choice }, { ...strict, title: 'LinkedLossChoicePreview' }),
        response: { 200: LossForeseen, ...problems(400, 404, 409) },
      },
    },
    async ({ params: { id }, body: { link, choice } }) =>
      foreseeChoice(deps, await reportOf(deps, link, id), { choice, by: BY, isCustomer: true }),
  )
}

async function answerOf({ db, clock }: Deps, row: NonNullable<DamageRow>) {
  const { order, states, state } = (await readOrderOf(db, row.shipment_id))!
  const shipments = states.map((each) => ({ state: each }))
  return reportView(row, state, await choosingOf(db, { order, shipments }, clock.now()))
}
