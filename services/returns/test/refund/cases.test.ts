import type { Answer } from '@vilkar/terms/cases/runner.ts'
import { askCases, later, openDesk } from '../order-facts/ask-cases.ts'
import { type CaseFacts, RECEIVED, tell } from '../order-facts/told-case.ts'

const desk = await openDesk()
const { call, at, hear, withdraw, refundOf, lookedAt, offered } = desk

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
    if (facts.refundMethod || facts.fee) isTaken = await otherwise(body.id, facts)
    await call('warehouse', 'PUT', `/returns/${body.id}/receipt`, {})
    return (await refundOf(body.id)).amount as number
  }
  let isTaken: boolean | undefined
  if (facts.alreadyRefunded) await back([{ lineId: '2', quantity: 1 }])
  const amount = await back(isPart ? [{ lineId, quantity: 1 }] : undefined)
  return {
    ...{ refund: amount / 100, currency: 'NOK' },
    ...(isTaken !== undefined && { violation: !isTaken, allowedMethod: isTaken ? facts.refundMethod : 'original' }),
  }
}

/** Whether a door takes another means of paying back than that of the payment, or a fee. */
async function otherwise(id: string, { refundMethod, fee }: CaseFacts) {
  const said = fee === undefined ? { refundMethod } : { fee: (fee as number) * 100 }
  const { status, body } = await call('warehouse', 'PUT', `/returns/${id}/receipt`, said)
  if (status === 400) return false
  throw new Error(`PUT /returns/{id}/receipt takes ${JSON.stringify(said)}: ${status} ${JSON.stringify(body)}`)
}

/** Nothing had left, and nothing was taken for it: nothing comes back. */
async function nothingTaken(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  at(later(RECEIVED, -48))
  const { body } = await withdraw(id, { channel: 'email' })
  const stopped = [{ lineId: '1', quantity: 1, amount: 100_000 }]
  await hear('StopConcluded', id, { requestId: crypto.randomUUID(), returnId: body.id, stopped, left: [] })
  await hear('OrderCancelled', id, { cancelledAt: desk.clock.at })
  const { body: seen } = await call('support', 'GET', `/returns/${body.id}`)
  return { refund: (seen.refund ?? seen.closed).amount / 100, currency: 'NOK' }
}

askCases(import.meta.url, { 'refund-amount': refundAmount, F021: nothingTaken })
