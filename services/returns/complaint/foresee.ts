import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { RemedyChosen } from '@vilkar/contracts/returns-complaint.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { mostLowered } from '@vilkar/terms/order/price-back.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { Currency } from '@vilkar/terms/ruling/vocabulary.ts'
import { remedyChosen } from '../order-facts/complaint-facts.ts'
import { decideRescission } from '../refund/decide-refund.ts'
import type { decider } from './decider.ts'
import { type OpenComplaint, unitsOf } from './state.ts'

/** What would follow of a remedy. Money in minor units: `amount` were the goods back today, `most` of a lower price that a person works out. */
type Foreseen = {
  remedy: RemedyChosen['data']['remedy']
  lines: LinePart[]
  currency: Currency
  reasons: Reason[]
  doneBy?: string
  sendsBack: boolean
  amount?: number
  most?: number
  dueOn?: string
}

type Chosen = Pick<RemedyChosen['data'], 'doneBy'> & Partial<RemedyChosen['data']>
type Decided = { events: ReturnType<typeof decider.decide>['events']; state: OpenComplaint }
type Asked = { returnId: string; at: string; facts: OrderFacts; remedy: Foreseen['remedy'] }

/** Of a choice that was made before nothing more is decided: what it comes to is answered all the same. */
export function foreseenOf(
  { returnId, at, facts, remedy }: Asked,
  chosen: Chosen,
  { events, state }: Decided,
): Foreseen {
  const { doneBy, reasons = [] } = chosen
  const lines = unitsOf(state)
  const { currency, orderId } = facts
  const said = { remedy, lines, currency, reasons, ...(doneBy !== undefined && { doneBy }) }
  if (remedy === 'price-reduction') {
    const most = lines.reduce((sum, line) => sum + mostLowered(facts, line), 0)
    return { ...said, sendsBack: false, most }
  }
  if (remedy !== 'rescission') return { ...said, sendsBack: remedy === 'repair' }
  const given = events.find(({ type }) => type === 'RefundDecided')
  if (given?.type === 'RefundDecided')
    return { ...said, sendsBack: false, amount: given.data.amount, dueOn: given.data.dueOn }
  const after = events.length > 0 ? { ...facts, ...remedyChosen(facts, chosen as RemedyChosen['data']) } : facts
  const { terms } = state.received
  const { data } = decideRescission({ returnId, orderId, terms, lines }, at, { facts: after, receivedAt: at })
  return { ...said, sendsBack: true, amount: data.amount, reasons: [...reasons, ...data.reasons] }
}
