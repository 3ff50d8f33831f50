import type { WithdrawalEvent } from '@vilkar/contracts/returns.ts'
import { createCommandHandler } from '@vilkar/decider/command-handler.ts'
import type { Database, ReturnPersonal } from '../database.ts'
import type { Deps } from '../deps.ts'
import type { ReturnCommand } from './commands.ts'
import { decider } from './decider.ts'
import { planFollowUps } from './follow-ups.ts'
import type { DeclaredReturn, Return } from './state.ts'
import { lockReturn, saveReturn } from './store.ts'

/** The only way a return changes. */
export const handle = createCommandHandler<
  Database,
  Return,
  DeclaredReturn,
  ReturnCommand,
  WithdrawalEvent,
  ReturnPersonal,
  Pick<Deps, 'jobs'>
>({
  service: 'returns',
  decider,
  idOf: ({ data }) => data.returnId,
  refusedUnder: ({ type, data }) => (type === 'DeclareWithdrawal' ? data.facts.orderId : data.returnId),
  load: lockReturn,
  personalAfter(before, events) {
    return events.reduce<ReturnPersonal>(personalOf, before ?? {})
  },
  save: saveReturn,
  followUps: planFollowUps,
})

function personalOf(before: ReturnPersonal, { type, data }: WithdrawalEvent): ReturnPersonal {
  switch (type) {
    case 'WithdrawalDeclared':
      return { ...before, ...data.personal }
    case 'ProofOfSendingJudged': {
      const { judgement: _, ...rest } = before
      const { judgedBy, reason } = data.personal
      return { ...rest, judgedBy, ...(reason !== undefined && { judgement: reason }) }
    }
    case 'CollectionOffered':
      return { ...before, ...data.personal }
    case 'ReturnInspected': {
      const { note, ...inspection } = data.personal
      return { ...before, ...inspection, ...(note !== undefined && { inspectionNote: note }) }
    }
    case 'ReturnAssessed': {
      const { grounds: _, ...rest } = before
      return { ...rest, ...data.personal }
    }
    default:
      return before
  }
}
