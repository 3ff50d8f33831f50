import type { Answer } from '@vilkar/terms/cases/runner.ts'
import { askCases, openDesk } from './ask-cases.ts'
import { type CaseFacts, momentOf, tell } from './told-case.ts'

const desk = await openDesk()
const { call, hear } = desk
const entitlementsOf = async (id: string, at: string) =>
  (await call('support', 'GET', `/orders/${id}/entitlements?at=${at}`)).body

/** Nothing has come by a day: what the customer may do. */
async function delay(facts: CaseFacts): Promise<Answer> {
  const confirmedAt = momentOf(facts.confirmedAt as string)
  const id = await tell(desk, { ...facts, receivedAt: null })
  await hear('ContractFormed', id, { formedAt: confirmedAt })
  const { delivery } = await entitlementsOf(id, momentOf(facts.now as string))
  const consumerMay = (delivery.remedies as string[]).filter((remedy) => remedy !== 'rescind')
  return {
    ...{ late: delivery.late === 'granted', consumerMay },
    rescindImmediately: delivery.remedies.includes('rescind'),
  }
}

/** The customer was told what keeps the shop from delivering. */
async function hindered(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, { ...facts, receivedAt: null })
  const { event, foreseeable } = facts as { event: string; foreseeable?: boolean }
  await hear('DeliveryHindered', id, { event, foreseeable })
  const { impediment, lines } = await entitlementsOf(id, '2026-06-20T10:00:00Z')
  return {
    ...{ exempt: impediment.exempt, damages: impediment.damages.outcome === 'granted' },
    mayStillCancelAfterExtraTime: impediment.rescission.outcome === 'granted',
    refundRight: impediment.refund.outcome === 'granted',
    // Whether it may be held against a withdrawal.
    allowed: lines[0].withdrawal.outcome !== 'granted' || impediment.refund.outcome !== 'granted',
  }
}

/** A consumer cancels before anything has left: it is a withdrawal, and costs nothing. */
async function cancelled(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  const { lines, refundEstimate } = await entitlementsOf(id, '2026-06-03T10:00:00Z')
  const accept = lines[0].withdrawal.outcome === 'granted'
  return { accept, treatAs: accept ? 'withdrawal' : 'no', fee: (50_000 - refundEstimate.amount) / 100 }
}

askCases(import.meta.url, { delay, 'force-majeure': hindered, cancellation: cancelled })
