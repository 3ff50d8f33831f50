import type { Answer } from '@vilkar/terms/cases/runner.ts'
import { askCases, CONDITIONS, openDesk } from '../order-facts/ask-cases.ts'
import { type CaseFacts, momentOf, tell } from '../order-facts/told-case.ts'

const desk = await openDesk()
const { at, eligibility, lookedAt, offered } = desk

async function voluntary(facts: CaseFacts): Promise<Answer> {
  const requestedAt = momentOf(facts.returnRequestedAt as string)
  if (facts.withdrawalInfoComplete === false) {
    const id = await tell(desk, facts)
    at(requestedAt)
    const amount = await lookedAt(id, { less: 10_000, why: 'diminished-value' })
    return { eligible: amount > 0, basis: 'statutory', diminishedValueDeduction: amount < 50_000 }
  }
  const [line] = (await eligibility(await tell(desk, facts), requestedAt)).lines
  const answer = await offered(facts, requestedAt)
  return {
    ...{
      eligible: answer.eligible,
      basis: 'voluntary',
      sendBackBy: answer.sendBackBy,
      lastDay: line.voluntaryReturn.until,
    },
    failed: answer.eligible ? [] : CONDITIONS.filter((each) => facts[each] === false),
    refundsOutboundShipping: (answer.amount ?? 0) > 50_000,
    ...{ statutory: line.withdrawal.outcome === 'granted', voluntary: line.voluntaryReturn.outcome },
  }
}

askCases(import.meta.url, { 'voluntary-return': voluntary })
