import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import { createCommandHandler } from '@vilkar/decider/command-handler.ts'
import type { ComplaintPersonal, Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { decider } from './decider.ts'
import { planFollowUps } from './follow-ups.ts'
import type { Complaint, ComplaintCommand, OpenComplaint } from './state.ts'
import { lockComplaint, saveComplaint } from './store.ts'

/** The only way a complaint changes. */
export const handle = createCommandHandler<
  Database,
  Complaint,
  OpenComplaint,
  ComplaintCommand,
  ComplaintEvent,
  ComplaintPersonal,
  Pick<Deps, 'jobs'>
>({
  service: 'returns',
  decider,
  idOf: ({ data }) => data.returnId,
  refusedUnder: ({ type, data }) => (type === 'ReceiveComplaint' ? data.facts.orderId : data.returnId),
  load: lockComplaint,
  personalAfter: (before, events) => events.reduce(personalOf, before ?? {}),
  save: saveComplaint,
  followUps: planFollowUps,
})

function personalOf(before: ComplaintPersonal, { type, data }: ComplaintEvent): ComplaintPersonal {
  if (type === 'CureFailed') return { ...before, failure: data.personal.defect }
  if (type === 'CureGoodsWaived') return { ...before, waivedBy: data.personal.by, waiverNote: data.personal.note }
  if (type === 'ComplaintRested') return { ...before, restedBy: data.personal.by, restNote: data.personal.note }
  if (type === 'ComplaintReceived' || type === 'ComplaintAssessed' || type === 'CureDone')
    return { ...before, ...data.personal }
  return before
}
