import { Id, Instant } from '@vilkar/contracts/event.ts'
import { CancellationReason } from '@vilkar/contracts/orders-cancellation.ts'
import {
  Address,
  Amount,
  Country,
  Currency,
  CustomerKind,
  DeliveryPromise,
  LinePart,
  Locale,
  PricedDelivery,
  PricedLine,
  TermsPin,
  Totals,
  VatView,
  vatRatesOf,
} from '@vilkar/contracts/parts.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { type Static, Type } from 'typebox'
import type { PaymentPage } from '../../deps.ts'
import { pendingChange } from '../address.ts'
import { awaitsPayment, claimedStill } from '../payment.ts'
import { promiseOf } from '../promise.ts'
import { pendingProposal } from '../proposal.ts'
import { reservedUntil } from '../reservation.ts'
import { type StoredOrder, termsFor } from '../state.ts'
import { whatIsLate } from './late-view.ts'

const Status = Type.Union(
  [
    Type.Literal('awaiting-payment'),
    Type.Literal('awaiting-confirmation'),
    Type.Literal('unformed'),
    Type.Literal('formed'),
    Type.Literal('cancelling'),
    Type.Literal('dispatched'),
    Type.Literal('delivered'),
    Type.Literal('cancelled'),
  ],
  {
    description:
      'awaiting-payment → awaiting-confirmation (paid, mail on its way) → formed (the contract stands) → dispatched → delivered; unformed: the confirmation bounced; cancelling: shipping is asked whether the goods have left; cancelled.',
  },
)

/** An order as callers see it. Money in minor units of `currency`; moments in UTC. */
export const OrderView = Type.Object(
  {
    id: Id,
    number: Type.String(),
    seller: Type.String({ description: 'Who sells.' }),
    status: Status,
    placedAt: Instant,
    formedAt: Type.Optional(
      Type.String({ description: 'When the contract was formed: the confirmation reached the customer.' }),
    ),
    bounced: Type.Optional(Type.Object({ at: Type.String(), cause: Type.String() })),
    cancelled: Type.Optional(Type.Object({ by: Type.String(), reason: Type.String(), at: Type.String() })),
    customer: Type.Object({
      kind: CustomerKind,
      name: Type.String(),
      email: Type.String(),
      organisationNumber: Type.Optional(Type.String()),
    }),
    shippingAddress: Address,
    addressChange: Type.Optional(
      Type.String({ ...Instant, description: 'Since when shipping is asked whether goods can still go elsewhere.' }),
    ),
    billingAddress: Type.Optional(Address),
    country: Country,
    currency: Currency,
    locale: Locale,
    terms: TermsPin,
    priceOffer: Type.Optional(
      Type.String({ ...Id, description: 'The offer to this customer that lines of it are priced by.' }),
    ),
    lines: Type.Array(PricedLine),
    delivery: PricedDelivery,
    deliveryPromise: Type.Optional(DeliveryPromise),
    ...whatIsLate,
    totals: Totals,
    vat: VatView,
    payment: Type.Object({
      url: Type.Optional(
        Type.String({
          description: 'Send the customer here to pay. It leads to the hosted payment page as soon as that is open.',
        }),
      ),
      widget: Type.Optional(
        Type.Object(
          { kind: Type.Enum(['client_token', 'html']), value: Type.String() },
          {
            description:
              "What the storefront's own payment page shows: a token for the script of Klarna Payments, whose approval goes to POST {url}/approval, or the checkout of Kustom as HTML. Absent where the provider has a page.",
          },
        ),
      ),
      dueAt: Instant,
      reservedUntil: Type.Optional(
        Type.String({
          description: 'The units are kept until then for who has not paid; afterwards it is first come, first served.',
        }),
      ),
      reservationEndedAt: Type.Optional(
        Type.String({
          description: 'Not paid in time: the units are free to others, and who pays gets what is still there.',
        }),
      ),
      authorised: Amount,
      captured: Amount,
      claimed: Type.Optional(
        Type.Integer({
          description:
            'What left, could not be taken and is claimed of the customer still, outside the provider: what credit notes took off is not.',
        }),
      ),
      refunded: Amount,
      released: Type.Boolean(),
      expiresAt: Type.Optional(Type.String({ description: 'Last moment of a capture.' })),
      expiredAt: Type.Optional(
        Type.String({
          description:
            'The authorisation ran out: what is not taken is to be paid again at `url`, and goods that have not left wait for it.',
        }),
      ),
    }),
    proposal: Type.Optional(
      Type.Object(
        {
          requestId: Id,
          reason: CancellationReason,
          line: Type.Optional(LinePart),
          proposedAt: Type.String(),
        },
        { description: 'The seller may be going to end the contract: a second person has to approve it first.' },
      ),
    ),
    cancellations: Type.Array(
      Type.Object({
        requestId: Id,
        returnId: Type.Optional(Type.String({ ...Id, description: 'The withdrawal that asked for it.' })),
        by: Type.String(),
        requestedAt: Type.String(),
        lines: Type.Array(LinePart),
        concludedAt: Type.Optional(
          Type.String({ description: 'When shipping had answered; until then nobody knows what had left.' }),
        ),
        stopped: Type.Optional(
          Type.Array(Type.Object({ ...LinePart.properties, amount: Amount }), {
            description: 'Units that never leave, and what they cost.',
          }),
        ),
        left: Type.Optional(Type.Array(LinePart, { description: 'Units that had left.' })),
      }),
      { description: 'Units that were to be stopped before they left, by a cancellation or a withdrawal.' },
    ),
    shipments: Type.Array(
      Type.Object({
        shipmentId: Id,
        dispatchedAt: Type.String(),
        deliveredAt: Type.Optional(Type.String()),
        carrier: Type.Optional(Type.String()),
        trackingNumber: Type.Optional(Type.String()),
        lines: Type.Array(Type.Object({ ...LinePart.properties, amount: Amount })),
        captureAmount: Type.Integer({
          ...Amount,
          description: 'What this shipment let us take: its goods, and delivery once.',
        }),
      }),
    ),
  },
  { title: 'Order' },
)
export type OrderView = Static<typeof OrderView>

/** The view of a stored order. `page` is given while there is something to pay. */
export function viewOf({ id, state, personal }: StoredOrder, page?: PaymentPage): OrderView {
  const { placed, payment, formedAt } = state
  const { number, customerKind, country, currency, locale, terms, lines, delivery, totals } = placed
  return {
    id,
    number,
    seller: placed.seller ?? sellerOf(terms.edition).id,
    status: state.status,
    placedAt: placed.placedAt,
    formedAt,
    bounced: state.bounced,
    cancelled: state.cancelled,
    customer: {
      kind: customerKind,
      name: personal.name,
      email: personal.email,
      organisationNumber: personal.organisationNumber,
    },
    shippingAddress: personal.shippingAddress,
    addressChange: pendingChange(state)?.requestedAt,
    billingAddress: personal.billingAddress,
    country,
    currency,
    locale,
    terms,
    priceOffer: placed.priceOffer,
    lines,
    delivery,
    hindrances: state.hindrances,
    additionalPeriods: state.additionalPeriods,
    deliveryPromise:
      formedAt === undefined ? undefined : promiseOf(termsFor(state), placed, Temporal.Instant.from(formedAt)),
    totals,
    vat: { exported: placed.exported ?? false, rates: vatRatesOf(placed) },
    payment: {
      ...(awaitsPayment(state) ? page : undefined),
      dueAt: placed.paymentDueAt,
      reservedUntil: reservedUntil(state),
      reservationEndedAt: state.reservationEndedAt,
      authorised: payment?.amount ?? 0,
      captured: state.captured,
      ...(claimedStill(state) > 0 && { claimed: claimedStill(state) }),
      refunded: state.refunded,
      released: state.released,
      expiresAt: payment?.expiresAt,
      expiredAt: payment?.expiredAt,
    },
    proposal: proposalOf(state),
    cancellations: state.stops.map(({ requestId, returnId, by, requestedAt, lines, concluded }) => ({
      ...{ requestId, returnId, by, requestedAt },
      lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
      ...(concluded && { concludedAt: concluded.at, stopped: concluded.stopped, left: concluded.left }),
    })),
    shipments: state.shipments,
  }
}

/** Who found the mistake obvious, and why, is for staff: the history has it. */
function proposalOf(state: StoredOrder['state']) {
  const pending = pendingProposal(state)
  if (pending === undefined) return undefined
  const { requestId, reason, line, proposedAt } = pending
  return { requestId, reason, line, proposedAt }
}
