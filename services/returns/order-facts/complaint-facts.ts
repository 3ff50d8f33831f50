import type { DataOf } from '@vilkar/contracts/all-events.ts'
import { curedLine, uncuredLine } from '@vilkar/terms/order/cures.ts'
import type { ComplaintFacts, Units } from '@vilkar/terms/order/facts.ts'
import { hasLowered } from '@vilkar/terms/order/price-back.ts'
import { askedBack } from './lowered.ts'
import type { OrderSoFar } from './projection.ts'

type Facts = OrderSoFar['facts']

/** The complaints of an order, one of them changed; one that is not there yet is new. */
export function complaintChanged({ complaints = [] }: Facts, returnId: string, change: Partial<ComplaintFacts>) {
  const known = complaints.find((each) => each.returnId === returnId) ?? {
    returnId,
    lines: [],
    outcome: 'open' as const,
  }
  return { complaints: [...complaints.filter((each) => each !== known), { ...known, ...change }] }
}

/** What is given back for a defect is a return like any other: its units are in no other right. */
export function remedyChosen(
  facts: Facts,
  { returnId, remedy, lines, chosenAt }: DataOf<'RemedyChosen'>,
): Partial<Facts> {
  if (remedy !== 'rescission') return {}
  const units = lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
  const given = { returnId, right: 'complaint', lines: units, noticeReceivedAt: chosenAt, outcome: 'open' } as const
  return { ...complaintChanged(facts, returnId, { outcome: 'closed' }), ...askedBack(facts, given) }
}

/** What was put right for a defect has periods of its own, from when the customer had it. */
export function cureDone(
  facts: Facts,
  { returnId, cureId, lines: units, remedy, doneAt: receivedAt }: DataOf<'CureDone'>,
): Partial<Facts> {
  const lines = facts.lines?.map((line) => {
    const quantity = units.reduce((sum, each) => (each.lineId === line.lineId ? sum + each.quantity : sum), 0)
    return quantity > 0 ? curedLine(line, { returnId, ...(cureId && { cureId }), remedy, quantity, receivedAt }) : line
  })
  return { ...complaintChanged(facts, returnId, { outcome: 'closed' }), ...(lines && { lines }) }
}

/** It is under way; told after it was done, it was not: the customer does not have it. */
export const cureUnderway = (facts: Facts, { returnId, cureId }: DataOf<'CureUnderway'>): Partial<Facts> => ({
  ...complaintChanged(facts, returnId, { outcome: 'open' }),
  ...(facts.lines && { lines: facts.lines.map((line) => uncuredLine(line, cureId)) }),
})

/**
 * A price is lowered of units that the customer keeps: nothing of it falls on those that were asked back before. Who asked for them
 * before any price was lowered took nothing with them.
 */
export function priceLowered(facts: Facts, returnId: string, reduced: (Units & { amount: number })[]): Partial<Facts> {
  const first = !hasLowered(facts)
  const returns = facts.returns.map((each) =>
    first && !each.decided && !each.lowered ? { ...each, lowered: [] } : each,
  )
  return { returns, ...complaintChanged(facts, returnId, { outcome: 'closed', reduced }) }
}
