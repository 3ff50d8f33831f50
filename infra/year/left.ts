import type { World } from './world.ts'

export type Units = { lineId: string; quantity: number }
type Left = {
  id: string
  number: string
  original: string
  order_id: string
  lines: Units[]
  is_cure: boolean
  has: boolean
}

/** Every shipment that left, with whether the customer has it by what was told and corrected last. */
export const leftShipments = ({ databases }: Pick<World, 'databases'>) =>
  databases.rows<Left>(
    'shipping',
    `select aggregate_id as id, data ->> 'trackingNumber' as number, data ->> 'orderId' as order_id, data -> 'lines' as lines, data ? 'cure' as is_cure, (
       select coalesce(asked.data ->> 'originalShipmentId', asked.aggregate_id::text) from outbox asked
       where asked.aggregate_id = outbox.aggregate_id and asked.type = 'ShipmentRequested') as original, coalesce((
       select said.data ? 'receivedAt' from outbox said where said.aggregate_id = outbox.aggregate_id
         and said.type in ('ShipmentDelivered', 'DeliveryCorrected') order by said.seq desc limit 1), false) as has
     from outbox where type = 'ShipmentDispatched'`,
  )

/** How many units these are. */
export const units = (lines: readonly Units[]) => lines.reduce((sum, { quantity }) => sum + quantity, 0)

/** Whether it is of that line. */
export const isOf =
  (lineId: string) =>
  ({ lineId: other }: Units) =>
    other === lineId

/** What left, never came, and was not sent again after it had come back, with the units of it that were settled as lost: not yet all of them. */
export async function awaited({ databases }: Pick<World, 'databases'>) {
  const settled = await databases.rows<{ id: string; lines: Units[] }>(
    'shipping',
    `select aggregate_id as id, data -> 'lines' as lines from outbox where type = 'LossSettled'`,
  )
  const again = await databases.rows<{ id: string; by: string }>(
    'shipping',
    `select aggregate_id as id, data ->> 'replacementId' as by from outbox
     where type = 'DeliveryFailureEnded' and data ->> 'outcome' = 'sent-again'`,
  )
  const settledOf = Map.groupBy(settled, ({ id }) => id)
  const left = await leftShipments({ databases })
  const leftAgain = new Set(again.filter(({ by }) => left.some(({ id }) => id === by)).map(({ id }) => id))
  return left
    .filter(({ id, has }) => !has && !leftAgain.has(id))
    .map((each) => ({ ...each, settled: (settledOf.get(each.id) ?? []).flatMap(({ lines }) => lines) }))
    .filter(({ lines, settled: of }) => lines.some(({ lineId, quantity }) => units(of.filter(isOf(lineId))) < quantity))
}

/** What became of each parcel in truth, by its number; of couriers that tell nothing nobody knows. */
export const truths = (carriers: World['carriers']) =>
  new Map(carriers.told().map(({ number, truth }) => [number, truth]))
