import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { Reasons } from './parts.ts'

/** What the privacy service tells: which personal data have to go, and why. Whoever holds any acts and answers (`erasure.ts`). */

/** So many orders at most in one `ErasureDue`: what goes in one transaction of each holder. */
export const MOST_ORDERS = 100

/** What stays of an order for a while although the rest goes. */
export const Kept = Type.Union([Type.Literal('accounts'), Type.Literal('order')], {
  description:
    'accounts: who bought, on sales documents, as bookkeeping has to keep it (bokføringsloven § 13). order: all of it but the words, pictures and mails of its returns and complaints, none of which is under way.',
})
export type Kept = Static<typeof Kept>

export const Controller = Type.String({
  pattern: '^[a-z0-9-]{1,40}$',
  errorMessage: 'must be the name of a controller: small letters, digits and hyphens, at most 40',
  description: 'Whose privacy policy it goes by.',
  examples: ['shop'],
})

export const ErasureCause = Type.Union(
  [Type.Literal('retention-over'), Type.Literal('requested'), Type.Literal('replayed')],
  {
    description:
      'retention-over: its time is over; requested: the person asked for it; replayed: it was erased before, and a restored backup may have it again.',
  },
)
export type ErasureCause = Static<typeof ErasureCause>

export const ErasureDue = event(
  'ErasureDue',
  {
    erasureId: Id,
    controller: Controller,
    orderIds: Type.Array(Id, {
      minItems: 1,
      maxItems: MOST_ORDERS,
      description: 'Of all that is kept about these orders the personal part goes.',
    }),
    keeps: Type.Array(Kept, { description: 'What is not erased yet; empty once its time is over as well.' }),
    cause: ErasureCause,
    answerBy: Type.String({ ...Instant, description: 'When an answer is missed.' }),
    reasons: Reasons,
  },
  'Personal data have to be erased. Each service that holds any answers for all of the orders at once.',
)
export type ErasureDue = Static<typeof ErasureDue>

export const PolicyChanged = event(
  'PolicyChanged',
  {
    changeId: Id,
    controller: Controller,
    before: Type.String({ description: 'The edition that was in force.', examples: ['shop/2026-01-15'] }),
    edition: Type.String({ description: 'The edition that is, to read at `GET /policies/{edition}` of privacy.' }),
    adoptedAt: Instant,
    sections: Type.Array(Type.String(), { description: 'The places of what is new or different.' }),
    consentsToRenew: Type.Array(Type.String(), {
      description: 'Purposes: what was consented to before does not stand, and is to be asked for anew.',
    }),
    reasons: Reasons,
  },
  'Another edition of a privacy policy is in force. Whoever it concerns is told: `GET /notices` says whom a system is to tell.',
)
export type PolicyChanged = Static<typeof PolicyChanged>

export const privacyEvents = [ErasureDue, PolicyChanged]
export type PrivacyEvent = Static<(typeof privacyEvents)[number]>
