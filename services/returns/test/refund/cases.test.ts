import type { Answer } from '@vilkar/terms/cases/runner.ts'
import { askCases, later, openDesk } from '../order-facts/ask-cases.ts'
import { type CaseFacts, RECEIVED, tell } from '../order-facts/told-case.ts'

const desk = await openDesk()
const { call, at, withdraw, refundOf, lookedAt, offered } = desk

async function refundAmount(facts: CaseFacts): Promise<Answer> {
  if (facts.basis === 'voluntary') {
    const { amount } = await offered(facts, later(RECEIVED, 480))
    return { refund: amount! / 100, currency: 'NOK' }
  }
  const id = await tell(desk, facts)
  at(later(RECEIVED, 24))
  const less = ((facts.diminishedValue as number | undefined) ?? 0) * 100
  if (less > 0) return { refund: (await lookedAt(id, { less, why: 'diminished-value' })) / 100, currency: 'NOK' }
  const lineId = String(((facts.returnedLine as number | undefined) ?? 0) + 1)
  const isPart = facts.returned !== undefined || facts.returnedLine !== undefined
  const back = async (lines?: object[]) => {
    const { body } = await withdraw(id, { channel: 'email', ...(lines && { lines }) })
    await call('warehouse', 'PUT', `/returns/${body.id}/receipt`, {})
    return (await refundOf(body.id)).amount as number
  }
  if (facts.alreadyRefunded) await back([{ lineId: '2', quantity: 1 }])
  const amount = await back(isPart ? [{ lineId, quantity: 1 }] : undefined)
  return { refund: amount / 100, currency: 'NOK' }
}

askCases(
  { 'refund-amount': refundAmount },
  {
    F007: 'delivery has one price for all that is in an order',
    F021: 'what never left: shown with the case L01',
    F025: 'no insurance is sold',
  },
)
