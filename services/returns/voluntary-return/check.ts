import { isDeepStrictEqual } from 'node:util'
import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { VoluntaryEvent } from '@vilkar/contracts/returns.ts'
import type { Looked, VoluntaryReturnChecked } from '@vilkar/contracts/returns-voluntary.ts'
import { accept, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { mergeLines } from '../order-facts/merge-lines.ts'
import { inTheFuture } from '../order-facts/notice-moments.ts'
import { decideGoodsRefund } from '../refund/decide-refund.ts'
import { endedBy, whyOver } from './ended.ts'
import type { CommandData, RequestedReturn } from './state.ts'

/** Whether units meet the conditions of the offer (clause 9). */
export const isAsItWas = ({ unused, undamaged, originalPackaging }: Looked) => unused && undamaged && originalPackaging

/**
 * Somebody looked at what came back: what meets the conditions is paid back, what does not stays the customer's, and so does what
 * was not in the parcel. Said again alike it is one check; said otherwise, or after the money was decided, it is refused.
 */
export function recordCheck(data: CommandData<'RecordCheck'>, state: RequestedReturn): Decision<VoluntaryEvent> {
  const { returnId, at, facts, receivedAt, units, checkedBy, note } = data
  if (state.check) return isDeepStrictEqual(units, state.check.units) ? accept() : refuse(CHECKED)
  if (state.refund) return refuse(CHECKED)
  const wrong = whyOver(state) ?? inTheFuture('receivedAt', receivedAt, at) ?? whyTooMany(units, state)
  if (wrong) return refuse(wrong)

  const { orderId, lines, terms } = state.requested
  const ids = { returnId, orderId }
  const accepted = mergeLines(units.filter(isAsItWas))
  const refused = units
    .filter((unit) => !isAsItWas(unit))
    .map((unit) => ({
      ...{ lineId: unit.lineId, quantity: unit.quantity },
      reasons: termsOf(terms.edition).voluntaryConditions(unit).reasons,
    }))
  const fit = mergeLines(units.filter((unit) => unit.fitForSale && isAsItWas(unit)))
  const there = mergeLines(units)
  const missing = lines
    .map(({ lineId, quantity }) => ({ lineId, quantity: quantity - unitsIn(there, lineId) }))
    .filter(({ quantity }) => quantity > 0)
  const came = state.receivedAt ?? receivedAt
  const checked: VoluntaryReturnChecked = {
    type: 'VoluntaryReturnChecked',
    data: {
      ...{ ...ids, checkedAt: at, units, accepted, refused, missing },
      personal: { checkedBy, ...(note !== undefined && { note }) },
    },
  }
  return accept<VoluntaryEvent>(
    // A receipt says nothing of what is fit for sale: it is told again with that, by which orders puts units into stock.
    ...(state.receivedAt === undefined || fit.length > 0
      ? [
          {
            type: 'ReturnReceived' as const,
            data: { ...ids, receivedAt: came, ...(fit.length > 0 && { fitForSale: fit }) },
          },
        ]
      : []),
    checked,
    accepted.length > 0
      ? decideGoodsRefund(state.requested, at, { facts, units: accepted, receivedAt: came })
      : endedBy(
          data,
          state,
          'conditions-not-met',
          refused.length > 0 ? refused.flatMap((each) => each.reasons) : state.requested.reasons,
        ),
  )
}

const CHECKED = { code: 'inspection-settled', detail: 'What came back was looked at, with other findings.' }

const unitsIn = (lines: LinePart[], lineId: string) => lines.find((line) => line.lineId === lineId)?.quantity ?? 0

function whyTooMany(units: Looked[], { requested }: RequestedReturn) {
  const most = mergeLines(requested.lines)
  const excess = mergeLines(units).find(({ lineId, quantity }) => quantity > unitsIn(most, lineId))
  return (
    excess && {
      code: 'quantity-exceeded',
      detail: `Of line ${excess.lineId} ${unitsIn(most, excess.lineId)} units come back by this return, not ${excess.quantity}.`,
    }
  )
}
