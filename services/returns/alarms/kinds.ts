import { serviceAlarmKinds } from '@vilkar/alarms/kinds.ts'

/** What a return may wait for in vain. Kinds are kebab-case and stay: somebody may filter by them. */
export const returnAlarmKinds = ['units-unanswered', 'proof-unjudged', 'refund-unanswered'] as const
export type ReturnAlarmKind = (typeof returnAlarmKinds)[number]

/** All that people are called for here. */
export const alarmKinds = [...returnAlarmKinds, ...serviceAlarmKinds] as const
