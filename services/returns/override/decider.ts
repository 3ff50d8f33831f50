import type { OverrideDecided, OverrideEvent, OverrideProposed } from '@vilkar/contracts/returns-override.ts'
import { accept, type Decider, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { CommandData, OpenOverride, Override, OverrideCommand } from './state.ts'

/** How an override lives: proposed, or decided at once → decided by a second person, or declined. */
export const decider: Decider<Override, OverrideCommand, OverrideEvent> = {
  initial: { status: 'new' },

  decide(command, state) {
    if (command.type === 'ProposeOverride') return propose(command.data, state)
    if (state.status === 'new') return refuse({ code: 'override-unknown', detail: 'Nobody proposed that.' })
    return settle(command.data, state)
  },

  evolve(state, { type, data }) {
    if (type === 'OverrideProposed') {
      const { personal, ...proposed } = data
      return { status: 'proposed', proposed, by: personal.by }
    }
    if (state.status === 'new') throw new Error(`${type} came before OverrideProposed`)
    if (type === 'OverrideDeclined')
      return { ...state, status: 'declined', declined: { outcome: data.outcome, declinedAt: data.declinedAt } }
    const { caseId, decidedAt, reasons } = data
    return { ...state, status: 'decided', decided: { caseId, decidedAt, reasons } }
  },
}

/** A second person has two days. */
const APPROVED_WITHIN = { days: 2 }

/** What one person may give is decided at once; what was given for the order before counts. Said again it is the one that there is. */
function propose(data: CommandData<'ProposeOverride'>, state: Override): Decision<OverrideEvent> {
  const { overrideId, at, caseId, facts, otherwise, limits, by, why, words } = data
  const { orderId, currency, terms } = facts
  if (state.status !== 'new') {
    const same = state.proposed.orderId === orderId && state.proposed.about === otherwise.about
    return same ? accept() : refuse({ code: 'override-recorded', detail: 'Something else was recorded under this id.' })
  }
  const all = limits.given + otherwise.amount
  if (all > limits.together)
    return refuse({
      code: 'concession-limit',
      detail: `${all} ${currency} in all (minor units) is more than two persons may give for an order (${limits.together}).`,
    })
  const answerBy = osloDay(Temporal.Instant.from(at)).add(APPROVED_WITHIN).toString()
  const waits = all > limits.alone ? { needs: 'second-person' as const, answerBy } : {}
  const personal = { by, why, ...(words !== undefined && { words }) }
  const proposed: OverrideProposed = {
    type: 'OverrideProposed',
    data: { overrideId, orderId, ...otherwise, currency, ...waits, proposedAt: at, personal },
  }
  if (waits.needs) return accept<OverrideEvent>(proposed)
  const decided = decidedFrom(proposed.data, { at, caseId, edition: terms.edition, personal: { by, why } })
  return accept<OverrideEvent>(proposed, decided)
}

type How = { at: string; caseId: string; edition: string; personal: OverrideDecided['data']['personal'] }

function decidedFrom(
  { overrideId, orderId, about, amount, currency, ruled }: OpenOverride['proposed'],
  { at, caseId, edition, personal }: How,
): OverrideDecided {
  const decidedOn = osloDay(Temporal.Instant.from(at)).toString()
  const { reasons } = termsOf(edition).decidedOtherwise({ overrideId, decidedOn })
  const what = { overrideId, orderId, about, caseId, amount, currency, ruled }
  return { type: 'OverrideDecided', data: { ...what, decidedAt: at, reasons, personal } }
}

/** A second person says yes or no: never who proposed it, whose no takes it back. */
function settle(data: CommandData<'SettleOverride'>, state: OpenOverride): Decision<OverrideEvent> {
  const { overrideId, at, caseId, edition, verdict, by, why } = data
  const { orderId } = state.proposed
  if (state.status !== 'proposed') {
    const same = (state.status === 'declined') === (verdict === 'declined')
    return same ? accept() : refuse({ code: 'override-settled', detail: `It is ${state.status} already.` })
  }
  const personal = { by, ...(why !== undefined && { why }) }
  if (verdict === 'declined') {
    const outcome = by === state.by ? ('withdrawn' as const) : ('declined' as const)
    return accept({ type: 'OverrideDeclined', data: { overrideId, orderId, outcome, declinedAt: at, personal } })
  }
  if (by === state.by)
    return refuse({
      code: 'second-person-needed',
      detail: 'Who proposed it cannot approve it. Somebody else has to look.',
    })
  return accept(decidedFrom(state.proposed, { at, caseId, edition, personal }))
}
