/** What people are called for in every service. Kinds are kebab-case and stay: somebody may filter by them. */
export const serviceAlarmKinds = [
  'dead-letter',
  'event-failing',
  'relay-behind',
  'partition-idle',
  'jobs-failing',
  'mails-unsent',
  'webhook-failing',
] as const
export type ServiceAlarmKind = (typeof serviceAlarmKinds)[number]
