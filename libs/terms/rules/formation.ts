import { granted, type Reason, type Ruling, refused } from '../ruling/ruling.ts'
import { avtaleloven } from '../statute/avtaleloven.ts'
import { directive201183 } from '../statute/directive-2011-83.ts'
import { eHandelsloven } from '../statute/e-handelsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: avtaleloven §§ 1, 2 and 7, e-handelsloven § 12. */
const reasonsOf = (because: Because) => ({
  confirmed: because('confirmation-received', 'agreement', eHandelsloven('§ 12')),
  bounced: because('confirmation-bounced', 'agreement', eHandelsloven('§ 12')),
  unconfirmed: because('not-confirmed', 'agreement', avtaleloven('§ 1')),
  acknowledge: because('order-to-be-acknowledged', eHandelsloven('§ 12')),
  acknowledged: because('order-acknowledged', eHandelsloven('§ 12')),
  ordered: because('ordered', 'agreement', avtaleloven('§ 1')),
  unordered: because('not-ordered', avtaleloven('§ 1'), directive201183('Art. 27')),
  offered: because('bound-by-offer', avtaleloven('§ 2'), avtaleloven('§ 7')),
})
type Edition = Under<typeof reasonsOf>

/** What became of an order so far, oldest first. Mail counts as delivered when the customer's mail server took it. */
export type OrderEvent = {
  name:
    | 'placed'
    | 'authorised'
    | 'acknowledgement-delivered'
    | 'confirmation-delivered'
    | 'confirmation-opened'
    | 'confirmation-bounced'
  at?: Temporal.Instant
  /** An acknowledgement whose words the customer must take for a confirmation is one. */
  readsAsConfirmation?: boolean
}

export type Agreement = Ruling & {
  formedAt?: Temporal.Instant
  /** The seller's duty to say that an order came in, which is apart from the confirmation and makes no agreement. */
  acknowledgement: { required: boolean; given: boolean; reasons: Reason[] }
  /** What the seller does next when the confirmation did not arrive: send it again, or reach the customer otherwise. */
  action?: 'retry-or-contact'
}

/**
 * Granted means that there is an agreement. It is made when the customer can get at the confirmation,
 * read or not. A bounce undoes what only seemed delivered, and a later attempt heals it. Source: e-handelsloven § 12.
 */
function agreement(edition: Edition, events: readonly OrderEvent[]): Agreement {
  const given = events.some(({ name }) => name === 'acknowledgement-delivered')
  const required = events.some(({ name }) => name === 'placed')
  const acknowledgement = { required, given, reasons: [given ? edition.why.acknowledged : edition.why.acknowledge] }

  const lastBounce = events.findLastIndex(({ name }) => name === 'confirmation-bounced')
  const confirmation = events.slice(lastBounce + 1).find(confirms)
  if (confirmation !== undefined)
    return { ...granted(edition.why.confirmed), basis: 'both', formedAt: confirmation.at, acknowledgement }
  if (lastBounce >= 0) return { ...refused(edition.why.bounced), acknowledgement, action: 'retry-or-contact' }
  return { ...refused(edition.why.unconfirmed), acknowledgement }
}

const confirms = ({ name, readsAsConfirmation }: OrderEvent) =>
  name === 'confirmation-delivered' ||
  name === 'confirmation-opened' ||
  (name === 'acknowledgement-delivered' && readsAsConfirmation === true)

export type Confirmation = {
  /** The customer's mail server took the confirmation: from then on the customer can get at it, read or not. */
  confirmationAcceptedAt?: Temporal.Instant
  bouncedAt?: Temporal.Instant
}

/** Whether there is an agreement, by the two instants that matter: granted means that there is an agreement, since `formedAt`. */
function formation(
  edition: Edition,
  { confirmationAcceptedAt, bouncedAt }: Confirmation,
): Ruling & { formedAt?: Temporal.Instant } {
  const accepted: OrderEvent = { name: 'confirmation-delivered', at: confirmationAcceptedAt }
  const bounced: OrderEvent = { name: 'confirmation-bounced', at: bouncedAt }
  const { outcome, reasons, basis, formedAt } = agreement(
    edition,
    [accepted, bounced].filter(({ at }) => at !== undefined).sort((a, b) => Temporal.Instant.compare(a.at!, b.at!)),
  )
  return { outcome, reasons, ...(outcome === 'granted' && { basis, formedAt }) }
}

/** Whether goods that came are to be paid for. Nobody owes anything for what they did not order, kept or not. */
const paymentForGoods = (edition: Edition, { ordered }: { ordered: boolean }): Ruling =>
  ordered ? { ...granted(edition.why.ordered), basis: 'both' } : { ...refused(edition.why.unordered), basis: 'statute' }

/** Why an offer with a time to answer by binds the seller until that time is out, whatever goods come to cost meanwhile. */
const offerBinds = (edition: Edition): { reasons: Reason[] } => ({ reasons: [edition.why.offered] })

export const formationRules = rulesOf(reasonsOf, { agreement, formation, paymentForGoods, offerBinds })
