import { serviceAlarmKinds } from '@vilkar/alarms/kinds.ts'

/** What a return may wait for in vain. Kinds are kebab-case and stay: somebody may filter by them. */
export const returnAlarmKinds = [
  ...(['units-unanswered', 'proof-unjudged', 'refund-unanswered', 'return-uninspected', 'return-unassessed'] as const),
] as const
export type ReturnAlarmKind = (typeof returnAlarmKinds)[number]

/** What a person is to find out about a statement, and a statement that nobody answers. */
export const statementAlarmKinds = ['statement-unclear', 'statement-unanswered'] as const
export type StatementAlarmKind = (typeof statementAlarmKinds)[number]

/** All that people are called for here. */
export const alarmKinds = [...returnAlarmKinds, ...statementAlarmKinds, ...serviceAlarmKinds] as const
