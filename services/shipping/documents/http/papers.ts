import type { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { ShipmentParams } from '../../shipment/http/moving.ts'
import { readOrderOf, readShipment } from '../../shipment/store.ts'
import { type Asked, contentOf, type ParcelContent } from '../content.ts'
import { labelName, parcelLabel } from '../label.ts'
import { packingSlip, slipName } from '../packing-slip.ts'

const PDF = 'application/pdf'
const Bytes = {
  description: 'The document.',
  content: { [PDF]: { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
}
const strict = { additionalProperties: false }
const Text = Type.String({ minLength: 1, maxLength: 100 })

const SlipQuery = Type.Object(
  {
    units: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9._-]{1,20}:[1-9][0-9]{0,4}(,[A-Za-z0-9._-]{1,20}:[1-9][0-9]{0,4}){0,99}$',
        errorMessage: 'must be lines with units, such as 1:2,3:1',
        description:
          'What goes into this parcel, as line:units, separated by commas; all of the shipment if it is left out. Once it left, what left stands.',
        examples: ['1:2,3:1'],
      }),
    ),
  },
  strict,
)
const LabelQuery = Type.Object(
  {
    carrier: Type.Optional(Text),
    trackingNumber: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'What the carrier calls the parcel. Once it left, what it left with stands.',
      }),
    ),
  },
  strict,
)

/** What goes with a parcel, for whoever packs it: the packing slip and the label. */
export function papers(server: Server, deps: Deps) {
  server.get(
    '/shipments/:id/packing-slip',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'readPackingSlip',
        summary: 'The packing slip of a parcel as PDF',
        description:
          'In the language of the order: seller, order number, the units in this parcel and what comes in another, and where manuals and the information about withdrawal are. Goods that are held or stopped have none (409).',
        tags: ['warehouse'],
        params: ShipmentParams,
        querystring: SlipQuery,
        response: { 200: Bytes, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, query }, reply) => {
      const content = await find(deps, id, { units: unitsIn(query) })
      reply.header('content-disposition', `inline; filename="${slipName(content)}"`)
      return reply.type(PDF).send((await packingSlip(content)) as never)
    },
  )

  server.get(
    '/shipments/:id/label',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'readLabel',
        summary: 'The label of a parcel as PDF',
        description:
          'A6: sender, receiver, and as Code 128 the tracking number; the id of the shipment while there is none, or where Code 128 has no letters for it. Carriers whose own label is required give theirs. Goods that are held or stopped have none (409).',
        tags: ['warehouse'],
        params: ShipmentParams,
        querystring: LabelQuery,
        response: { 200: Bytes, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, query }, reply) => {
      const content = await find(deps, id, query)
      reply.header('content-disposition', `inline; filename="${labelName(content)}"`)
      return reply.type(PDF).send((await parcelLabel(content)) as never)
    },
  )
}

const unitsIn = ({ units }: Static<typeof SlipQuery>): UnitsSent[] | undefined =>
  units?.split(',').map((pair) => {
    const [lineId, quantity] = pair.split(':')
    return { lineId: lineId!, quantity: Number(quantity) }
  })

/** What the papers of a shipment say. Throws 404, and 409 for what must not be sent. */
async function find({ db, orderPageUrl }: Deps, id: string, asked: Asked): Promise<ParcelContent> {
  const shipment = await readShipment(db, id)
  const found = shipment && (await readOrderOf(db, id))
  if (shipment === undefined || found === undefined)
    throw httpError(404, 'shipment-unknown', 'There is no such shipment.')
  const answer = contentOf(shipment, found.order, asked, orderPageUrl)
  if ('refusal' in answer) throw refusalError(answer.refusal)
  return answer.content
}
