import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Sku } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { TrackingNumber } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { Transaction } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { readParcel } from '../store.ts'
import { closeParcel, scanUnit, takeIn } from '../take-in.ts'
import { Content, complete, InboundView, seal, viewOf, wear } from './inbound-view.ts'

const strict = { additionalProperties: false }
export const tags = ['inbound']
export const params = Type.Object({ id: Id }, strict)
export const Text = (description: string) => Type.String({ minLength: 1, maxLength: 1_000, description })
const Short = (description: string) => Type.String({ minLength: 1, maxLength: 100, description })
export const answers = { 200: InboundView, ...problems(400, 401, 403, 404, 409) }
export const Whose = {
  orderNumber: Type.Optional(Short('As it stands in the parcel, or the customer wrote on it.')),
  returnId: Type.Optional(Type.String({ ...Id, description: 'The withdrawal, voluntary return or complaint.' })),
}

/** Carries out a change of one parcel in a transaction of its own, and answers with the parcel. */
export async function change(deps: Deps, id: string, work: (trx: Transaction<Database>) => Promise<unknown>) {
  await transact(deps, work)
  return viewOf(deps.db, (await readParcel(deps.db, id))!)
}

/** What a warehouse scans: a parcel, the units in it, and that nothing more is. */
export function scan(server: Server, deps: Deps) {
  parcelRoute(server, deps)
  unitRoute(server, deps)
  closeRoute(server, deps)
}

function parcelRoute(server: Server, deps: Deps) {
  server.put(
    '/inbound-parcels/:id',
    {
      config: { access: 'shipments:write' },
      schema: {
        operationId: 'takeInParcel',
        summary: 'A parcel came in',
        description:
          'By its tracking number, the number of its order, its return, or nothing known; the id is the caller’s to choose. Of a tracking number that was scanned already, by another scanner too, the answer is that parcel, under its own id. What nobody announced is taken in all the same. 409: a moment that is still to come, or before the goods left.',
        tags,
        params,
        body: Type.Object(
          {
            trackingNumber: Type.Optional(Type.String({ ...TrackingNumber, description: 'On the label.' })),
            ...Whose,
            receivedAt: Type.Optional(Instant),
            note: Type.Optional(Text('What is to be seen from outside.')),
          },
          { ...strict, title: 'InboundParcelScan' },
        ),
        response: answers,
      },
    },
    async ({ params: { id }, body: { receivedAt, note, trackingNumber, ...whose }, caller: { subject: by } }) => {
      const now = deps.clock.now()
      const said = { receivedAt: receivedAt ?? now.toString(), by, note }
      const known = { ...whose, ...(trackingNumber !== undefined && { trackingNumber: asKept(trackingNumber) }) }
      const row = await transact(deps, (trx) => takeIn(trx, id, known, said, now))
      return viewOf(deps.db, row)
    },
  )
}

function unitRoute(server: Server, deps: Deps) {
  server.put(
    '/inbound-parcels/:id/units/:unitId',
    {
      config: { access: 'shipments:write' },
      schema: {
        operationId: 'scanInboundUnit',
        summary: 'One unit of a parcel, as it was found',
        description:
          'By its line or its product; of another order than the parcel’s by that one’s number or return. The id is the caller’s to choose: said again, it is the same unit as it is found now, until the parcel is closed. A unit for which no return has room is kept without one, and a person settles it. 409 `unit-scanned`: its serial number was scanned already.',
        tags,
        params: Type.Object({ id: Id, unitId: Id }, strict),
        body: Type.Object(
          {
            lineId: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
            sku: Type.Optional(Sku),
            ...Whose,
            serialNumber: Type.Optional(Short('Of the unit itself.')),
            ...{ seal, complete, wear },
            originalPackaging: Type.Boolean(),
            fitForSale: Type.Boolean({ description: 'Whether it goes back into stock.' }),
            note: Type.Optional(Text('What else was seen.')),
          },
          { ...strict, title: 'InboundUnitScan' },
        ),
        response: answers,
      },
    },
    async ({ params: { id, unitId }, body, caller: { subject } }) =>
      change(deps, id, (trx) => scanUnit(trx, id, unitId, body, subject, deps.clock.now().toString())),
  )
}

function closeRoute(server: Server, deps: Deps) {
  server.put(
    '/inbound-parcels/:id/closing',
    {
      config: { access: 'shipments:write' },
      schema: {
        operationId: 'closeInboundParcel',
        summary: 'Nothing more is in a parcel',
        description:
          'Returns hears of each unit whose return is known, once. An empty parcel and one of other goods are told of too. What is nobody’s stays on the work list until its day. Said twice alike it is said once.',
        tags,
        params,
        body: Type.Object({ content: Content }, { ...strict, title: 'InboundClosing' }),
        response: answers,
      },
    },
    async ({ params: { id }, body: { content } }) =>
      change(deps, id, (trx) => closeParcel(trx, id, content, deps.clock.now())),
  )
}
