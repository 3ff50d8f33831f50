import { commonVariables, mailVariables } from '@vilkar/server/config.ts'
import { type Static, Type } from 'typebox'

/** The environment of the returns service. */
export const Config = Type.Object({
  ...commonVariables,
  ...mailVariables,
  PROOF_BELIEVED_AFTER: Type.String({
    default: 'P5D',
    pattern: '^P[0-9]{1,2}D$',
    description:
      'How long staff and carriers have to judge proof of sending before it is believed; the last day to pay back ends it sooner.',
  }),
  UNANSWERED_AFTER: Type.String({
    default: 'PT1H',
    pattern: '^PT([0-9]+H)?([0-9]+M)?([0-9]+S)?$',
    description: 'How long a return may wait for an answer before a person is called.',
  }),
})
export type Config = Static<typeof Config>

/** ISO 8601 durations: when a customer's word that goods were sent is believed, and when a person is called. */
export type Settings = { proofBelievedAfter: string; unansweredAfter: string }

export const settingsOf = (config: Config): Settings => ({
  proofBelievedAfter: config.PROOF_BELIEVED_AFTER,
  unansweredAfter: config.UNANSWERED_AFTER,
})
