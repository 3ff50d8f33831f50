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

/** Where a dispute goes, and by whose law. */
async function disputes(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  const { dispute } = await entitlementsOf(id, '2026-06-03T10:00:00Z')
  const venues: Record<string, string> = { 'oslo-district-court': 'Oslo District Court' }
  const { mediator, tribunal: thenTribunal, named: termsName, termsNameAnother: fix, venue } = dispute
  const law = dispute.law === 'norwegian' ? 'Norwegian' : dispute.law
  const plus = dispute.keepsOwnMandatoryRules && "mandatory rules of consumer's country kept"
  return { law, mediator, thenTribunal, termsName, fix, plus, venue: venues[venue] }
}

async function liability(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  const { liability } = await entitlementsOf(id, '2026-06-03T10:00:00Z')
  return { liable: liability[facts.loss as 'direct' | 'indirect'].outcome === 'granted' }
}

/** How prices are shown: a price that is shown otherwise, or that says nothing of VAT, is not shown so. */
async function shown(facts: CaseFacts): Promise<Answer> {
  const id = await tell(desk, facts)
  const { prices } = await entitlementsOf(id, '2026-06-03T10:00:00Z')
  return { ok: prices.show === facts.display }
}

askCases(import.meta.url, {
  ...{ delay, 'force-majeure': hindered, cancellation: cancelled, X004: disputes, X005: disputes, X006: disputes },
  ...{ X012: liability, Q001: shown, Q002: shown, Q003: shown, Q004: shown, Q005: shown },
})
