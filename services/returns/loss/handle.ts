import type { LossEvent } from '@vilkar/contracts/returns.ts'
import { createCommandHandler } from '@vilkar/decider/command-handler.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { decider } from './decider.ts'
import { planFollowUps } from './follow-ups.ts'
import type { DecidedLoss, Loss, LossCommand } from './state.ts'
import { lockLoss, saveLoss } from './store.ts'

/** The only way a loss changes. Nothing personal is kept of it. */
export const handle = createCommandHandler<
  Database,
  Loss,
  DecidedLoss,
  LossCommand,
  LossEvent,
  object,
  Pick<Deps, 'jobs'>
>({
  service: 'returns',
  decider,
  idOf: ({ data }) => data.returnId,
  load: lockLoss,
  personalAfter: () => ({}),
  save: saveLoss,
  followUps: planFollowUps,
})
