import type { ReturnsEvent, WithdrawalDeclared } from '@vilkar/contracts/returns.ts'
import { createHand } from '@vilkar/decider/command-handler.ts'
import type { Database, ReturnPersonal } from '../database.ts'
import type { Deps } from '../deps.ts'
import type { ReturnCommand } from './commands.ts'
import { decider } from './decider.ts'
import { planFollowUps } from './follow-ups.ts'
import type { DeclaredReturn, Return } from './state.ts'
import { lockReturn, saveReturn } from './store.ts'

type Handler = typeof createHand<
  Database,
  Return,
  DeclaredReturn,
  ReturnCommand,
  ReturnsEvent,
  ReturnPersonal,
  Pick<Deps, 'jobs'>
>

/** The only way a return changes. */
export const handle = (createHand as Handler)({
  service: 'returns',
  decider,
  idOf: ({ data }) => data.returnId,
  refusedUnder: ({ type, data }) => (type === 'DeclareWithdrawal' ? data.facts.orderId : data.returnId),
  load: lockReturn,
  personalAfter(before, events) {
    const declared = events.find((event): event is WithdrawalDeclared => event.type === 'WithdrawalDeclared')
    return { ...before, ...declared?.data.personal }
  },
  async save(trx, stored, events, at, deps) {
    await saveReturn(trx, stored)
    await planFollowUps(trx, { stored, events, at }, deps)
  },
})
