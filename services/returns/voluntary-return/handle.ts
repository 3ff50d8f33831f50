import type { VoluntaryEvent } from '@vilkar/contracts/returns.ts'
import { createCommandHandler } from '@vilkar/decider/command-handler.ts'
import type { Database, VoluntaryReturnPersonal } from '../database.ts'
import type { Deps } from '../deps.ts'
import { decider } from './decider.ts'
import { planFollowUps } from './follow-ups.ts'
import type { RequestedReturn, VoluntaryReturn, VoluntaryReturnCommand } from './state.ts'
import { lockVoluntaryReturn, saveVoluntaryReturn } from './store.ts'

/** The only way a voluntary return changes. */
export const handle = createCommandHandler<
  Database,
  VoluntaryReturn,
  RequestedReturn,
  VoluntaryReturnCommand,
  VoluntaryEvent,
  VoluntaryReturnPersonal,
  Pick<Deps, 'jobs'>
>({
  service: 'returns',
  decider,
  idOf: ({ data }) => data.returnId,
  refusedUnder: ({ type, data }) => (type === 'RequestReturn' ? data.facts.orderId : data.returnId),
  load: lockVoluntaryReturn,
  personalAfter: (before, events) => events.reduce(personalOf, before ?? {}),
  save: saveVoluntaryReturn,
  followUps: planFollowUps,
})

const personalOf = (before: VoluntaryReturnPersonal, { type, data }: VoluntaryEvent): VoluntaryReturnPersonal =>
  type === 'VoluntaryReturnRequested' || type === 'VoluntaryReturnChecked' ? { ...before, ...data.personal } : before
