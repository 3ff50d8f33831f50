import type { Composed } from '@vilkar/mail/outgoing.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import type { StoredVoluntaryReturn } from '../store.ts'
import { type DecidedTold, voluntaryDecided } from './decided.ts'
import type { VoluntaryMail } from './kinds.ts'
import { voluntaryEnded, voluntaryReminder } from './not-sent.ts'
import { voluntaryReceipt } from './receipt.ts'
import { voluntaryReceived } from './received.ts'

/** A voluntary return and its order, as a mail about it needs them. */
export type VoluntaryMailed = { stored: StoredVoluntaryReturn; facts: PlacedFacts; page?: string }

/** The words of a mail about a voluntary return; `detail` is what was decided. */
export function composeVoluntaryMail(
  { stored, facts, page }: VoluntaryMailed,
  kind: Exclude<VoluntaryMail, 'voluntary-return-refused'>,
  detail?: object,
): Composed {
  switch (kind) {
    case 'voluntary-return-receipt':
      return voluntaryReceipt(stored, facts, page)
    case 'voluntary-return-reminder':
      return voluntaryReminder(stored.state, facts, page)
    case 'voluntary-return-received':
      return voluntaryReceived(stored.state, facts, page)
    case 'voluntary-return-decided':
      return voluntaryDecided(stored, facts, detail as DecidedTold | undefined, page)
    case 'voluntary-return-ended':
      return voluntaryEnded(stored.state, facts, page)
  }
}
