import type { OverrideEvent } from '@vilkar/contracts/returns-override.ts'
import { createCommandHandler } from '@vilkar/decider/command-handler.ts'
import type { Database, OverridePersonal } from '../database.ts'
import type { Deps } from '../deps.ts'
import { decider } from './decider.ts'
import { planFollowUps } from './follow-ups.ts'
import type { OpenOverride, Override, OverrideCommand } from './state.ts'
import { lockOverride, saveOverride } from './store.ts'

/** The only way an override changes. Whoever has one decided carries it out in the same transaction (`carry-out.ts`). */
export const handle = createCommandHandler<
  Database,
  Override,
  OpenOverride,
  OverrideCommand,
  OverrideEvent,
  OverridePersonal,
  Pick<Deps, 'jobs'>
>({
  service: 'returns',
  decider,
  idOf: ({ data }) => data.overrideId,
  load: lockOverride,
  personalAfter: (before, events) => events.reduce(personalOf, before ?? {}),
  save: saveOverride,
  followUps: planFollowUps,
})

function personalOf(before: OverridePersonal, { type, data }: OverrideEvent): OverridePersonal {
  if (type === 'OverrideProposed') return { ...before, ...data.personal }
  const { by, why } = data.personal
  return { ...before, settledBy: by, ...(why !== undefined && { settledWhy: why }) }
}
