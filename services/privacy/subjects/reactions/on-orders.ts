import type { OrderEvent, OrderPlaced } from '@vilkar/contracts/orders.ts'
import type { Reactions } from '@vilkar/messaging/inbox/reactions.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { type Change, dayOf, hearOfOrder, hearOfWriting, on } from '../of-the-shop.ts'
import type { Identifier } from '../subject-key.ts'

/** By what the customer may ask about the order: the address for mails, and the telephone of a consumer's delivery. */
const identifiersOf = ({ email, shippingAddress }: OrderPlaced['data']['personal']): Identifier[] => [
  { kind: 'email', value: email },
  ...(shippingAddress.phone === undefined ? [] : [{ kind: 'phone', value: shippingAddress.phone } as const]),
]

const isOver =
  (cancelledAt?: string): Change =>
  (facts) => ({ ...facts, open: false, ...(cancelledAt !== undefined && { cancelledOn: dayOf(cancelledAt) }) })
const same: Change = (facts) => facts
const both =
  (...changes: Change[]): Change =>
  (facts) =>
    changes.reduce((so, change) => change(so), facts)

/** The goods were not received after all. */
const notReceived: Change = ({ on: { delivered: _, ...others } = {}, ...facts }) => ({
  ...facts,
  on: others,
  open: true,
})
/** The day is another than was told, earlier or later: what was told before does not count. */
const corrected =
  (deliveredAt: string, moreToCome: boolean): Change =>
  (facts) => ({ ...facts, on: { ...facts.on, delivered: dayOf(deliveredAt) }, open: moreToCome })

/** Each of these has a sales document, whose time of keeping begins anew with the year. */
const documented = (trx: Transaction<Database>, deps: Deps, orderId: string, moment: string) =>
  hearOfOrder(trx, deps, { orderId, change: on('document', moment) })

/** What orders tells that bears on how long an order is kept, and what may say something of a person besides. */
export const orderReactions = {
  OrderPlaced: (trx, deps, data) => {
    const longLived = data.lines.some(({ traits }) => traits.longLived)
    const { locale: language } = data
    const change: Change = (facts) => ({ ...facts, longLived, language, open: facts.open ?? true })
    const whose = {
      controller: data.seller ?? sellerOf(data.terms.edition).id,
      identifiers: identifiersOf(data.personal),
      placedAt: data.placedAt,
    }
    return hearOfOrder(trx, deps, { orderId: data.orderId, change, whose })
  },
  EmailCorrected: (trx, deps, { orderId, personal: { email } }) =>
    hearOfOrder(trx, deps, { orderId, whose: { identifiers: [{ kind: 'email', value: email }] } }),
  OrderCancelled: (trx, deps, { orderId, cancelledAt }) =>
    hearOfOrder(trx, deps, { orderId, change: isOver(cancelledAt) }),
  OrderDelivered: (trx, deps, { orderId, deliveredAt, moreToCome = false }) =>
    hearOfOrder(trx, deps, { orderId, change: both(on('delivered', deliveredAt), moreToCome ? same : isOver()) }),
  OrderDeliveryCorrected: (trx, deps, { orderId, deliveredAt, moreToCome = false }) =>
    hearOfOrder(trx, deps, {
      orderId,
      change: deliveredAt === undefined ? notReceived : corrected(deliveredAt, moreToCome),
    }),
  OrderCompleted: (trx, deps, { orderId }) => hearOfOrder(trx, deps, { orderId, change: isOver() }),
  PaymentCaptured: (trx, deps, { orderId, capturedAt }) => documented(trx, deps, orderId, capturedAt),
  PaymentClaimed: (trx, deps, { orderId, claimedAt }) => documented(trx, deps, orderId, claimedAt),
  PaymentRefunded: (trx, deps, { orderId, refundedAt }) => documented(trx, deps, orderId, refundedAt),
  PayoutMade: (trx, deps, { orderId, paidAt }) => documented(trx, deps, orderId, paidAt),
  ConfirmationBounced: hearOfWriting,
  AddressChangeRequested: hearOfWriting,
  CancellationProposed: hearOfWriting,
  CancellationProposalEnded: hearOfWriting,
  DeliveryHindered: hearOfWriting,
  DeliveryHindranceEnded: hearOfWriting,
  AdditionalPeriodSet: hearOfWriting,
  OrderWrittenSince: hearOfWriting,
} satisfies Reactions<OrderEvent, Database, Deps>
