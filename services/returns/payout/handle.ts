import type { PayoutEvent } from '@vilkar/contracts/returns-payout.ts'
import { createCommandHandler } from '@vilkar/decider/command-handler.ts'
import type { Database, PayoutPersonal } from '../database.ts'
import type { Deps } from '../deps.ts'
import { decider } from './decider.ts'
import { planFollowUps } from './follow-ups.ts'
import type { OpenPayout, Payout, PayoutCommand } from './state.ts'
import { lockPayout, savePayout } from './store.ts'

/** The only way a payout changes. */
export const handle = createCommandHandler<
  Database,
  Payout,
  OpenPayout,
  PayoutCommand,
  PayoutEvent,
  PayoutPersonal,
  Pick<Deps, 'jobs'>
>({
  service: 'returns',
  decider,
  idOf: ({ data }) => data.payoutId,
  load: lockPayout,
  personalAfter: (before, events) => events.reduce(personalOf, before ?? {}),
  save: savePayout,
  followUps: planFollowUps,
})

function personalOf(before: PayoutPersonal, { type, data }: PayoutEvent): PayoutPersonal {
  if (type === 'PayoutProposed') return { ...before, ...data.personal }
  if (type === 'PayoutClosed') return before
  const { by, why } = data.personal
  return { ...before, ...(by && { settledBy: by }), ...(why !== undefined && { settledWhy: why }) }
}
