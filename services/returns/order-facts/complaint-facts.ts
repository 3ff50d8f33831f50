import type { DataOf } from '@vilkar/contracts/all-events.ts'
import type { ComplaintFacts } from '@vilkar/terms/order/facts.ts'
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
  return { ...complaintChanged(facts, returnId, { outcome: 'closed' }), returns: [...facts.returns, given] }
}

/** What was put right for a defect may have limits of its own. */
export function cureDone(facts: Facts, { returnId, lines, remedy, doneAt }: DataOf<'CureDone'>): Partial<Facts> {
  const cured = remedy === 'replacement' ? { replacedAt: doneAt } : { repairedAt: doneAt }
  const isCured = (lineId: string) => lines.some((line) => line.lineId === lineId)
  const all = facts.lines?.map((line) => (isCured(line.lineId) ? { ...line, ...cured } : line))
  return { ...complaintChanged(facts, returnId, { outcome: 'closed' }), ...(all && { lines: all }) }
}
