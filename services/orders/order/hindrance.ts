import { isDeepStrictEqual } from 'node:util'
import type { DeliveryHindered, DeliveryHindranceEnded } from '@vilkar/contracts/orders-delivery.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { awaitedOf } from './delay.ts'
import { type DataOf, type PlacedOrder, termsFor } from './state.ts'

/** What staff say of a hindrance, less what is worked out from it. */
type Said = Pick<DataOf<'TellHindrance'>, 'event' | 'what' | 'foreseeable' | 'avoidable' | 'expectedBy'>
const saidOf = ({ event, what, foreseeable, avoidable, expectedBy }: Said): Said => ({
  ...{ event, what, foreseeable, avoidable, expectedBy },
})

/**
 * Tells a customer what keeps the seller from delivering, and what it frees the seller from: of damages at most, while it lasts and only if
 * it was told (forbrukerkjøpsloven §§ 24 and 25, kjøpsloven §§ 27 and 28). News of a hindrance is told under an id of its own. Refused
 * where nothing is waited for, and where the same id was said otherwise.
 */
function tellHindrance({ orderId, at, hindranceId, by, ...data }: DataOf<'TellHindrance'>, state: PlacedOrder) {
  const before = state.hindrances?.find((each) => each.hindranceId === hindranceId)
  if (before) {
    if (isDeepStrictEqual(saidOf(before), saidOf(data))) return accept()
    return refuse({
      code: 'hindrance-settled',
      detail: 'This was told otherwise. What is new about it is told under an id of its own.',
    })
  }
  const awaited = awaitedOf(state)
  const waits = awaited.unsent.length + awaited.underway.length > 0
  if (state.formedAt === undefined || state.status === 'cancelled' || !waits)
    return refuse({ code: 'nothing-awaited', detail: 'The customer waits for nothing of this order.' })
  const { event, foreseeable, avoidable } = data
  const { customerKind } = state.placed
  const ruling = termsFor(state).impediment({ customerKind, event, foreseeable, avoidable, customerTold: true })
  return accept({
    type: 'DeliveryHindered',
    data: {
      ...{ orderId, hindranceId, ...data, ...awaited, exempt: ruling.exempt, hinderedAt: at },
      reasons: [...ruling.damages.reasons, ...ruling.rescission.reasons, ...ruling.refund.reasons],
      personal: { by },
    },
  } satisfies DeliveryHindered)
}

/**
 * What kept the seller from delivering is over: it frees from damages while it lasts, and no longer (forbrukerkjøpsloven § 24, kjøpsloven
 * § 27). Said twice it is over once, and the first word stands.
 */
function endHindrance({ orderId, at, hindranceId, expectedBy, by, why }: DataOf<'EndHindrance'>, state: PlacedOrder) {
  const before = state.hindrances?.find((each) => each.hindranceId === hindranceId)
  if (before === undefined)
    return refuse({ code: 'hindrance-unknown', detail: 'Nothing was told of this order under this id.' })
  if (before.endedAt !== undefined) return accept()
  const { event, foreseeable, avoidable } = before
  const { customerKind } = state.placed
  const ruling = termsFor(state).impediment({ customerKind, event, foreseeable, avoidable, customerTold: true })
  return accept({
    type: 'DeliveryHindranceEnded',
    data: {
      ...{ orderId, hindranceId, ...(expectedBy && { expectedBy }), ...awaitedOf(state), endedAt: at },
      ...{ reasons: ruling.damages.reasons, personal: { by, why } },
    },
  } satisfies DeliveryHindranceEnded)
}

/** What is said of what keeps the seller from delivering: that it is so, and that it is over. */
export const sayOfHindrance = (
  command:
    | { type: 'TellHindrance'; data: DataOf<'TellHindrance'> }
    | { type: 'EndHindrance'; data: DataOf<'EndHindrance'> },
  state: PlacedOrder,
) => (command.type === 'EndHindrance' ? endHindrance(command.data, state) : tellHindrance(command.data, state))

/** What was told of hindrances, with what is said now. */
export function hindrancesAfter(state: PlacedOrder, data: (DeliveryHindered | DeliveryHindranceEnded)['data']) {
  if ('what' in data) return withHindrance(state, data)
  const { hindranceId, endedAt } = data
  return (state.hindrances ?? []).map((each) => (each.hindranceId === hindranceId ? { ...each, endedAt } : each))
}

const withHindrance = ({ hindrances = [] }: PlacedOrder, hindered: DeliveryHindered['data']) => {
  const { orderId: _, reasons: __, unsent: ___, underway: ____, personal: _____, ...told } = hindered
  return [...hindrances, told]
}
