import { caseAlarmKinds } from '../alarms/kinds.ts'

/** How a case may stand, of whatever kind it is: a withdrawal, a voluntary return, a complaint, a loss, money besides, or an exchange. */
export const caseStatuses = [
  ...(['declared', 'sent', 'requested', 'received', 'refund-decided', 'closed', 'ended'] as const),
  ...(['accepted', 'rejected', 'curing', 'cured', 'reducing', 'returning'] as const),
  ...(['settled', 'proposed', 'owed', 'paid', 'declined', 'decided', 'agreed'] as const),
] as const
export type CaseStatus = (typeof caseStatuses)[number]

/** What a withdrawal waits for, as its own room has it. */
export const withdrawalWaits = ['units', 'verdict', 'inspection', 'assessment', 'payment'] as const

/** Whose answer or work a case may wait for, of whatever kind it is. */
export const waits = [...withdrawalWaits, ...(Object.keys(caseAlarmKinds) as (keyof typeof caseAlarmKinds)[])] as const
export type Wait = (typeof waits)[number]
