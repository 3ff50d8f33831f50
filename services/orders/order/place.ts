import type { OrderPlaced } from '@vilkar/contracts/orders.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { toldBy } from '@vilkar/terms/order/told.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { confirmationDocuments } from './mails/documents.ts'
import type { Quote } from './quote.ts'
import type { PlaceOrder } from './state.ts'

/** An order is placed on a quote that is good, unused and in stock, under the terms in force that the customer accepted. */
export function place({ data }: PlaceOrder) {
  const { orderId, at, quote, currentTerms, shortages } = data
  if (data.quoteUsed)
    return refuse({ code: 'quote-used', detail: 'This quote has already become an order. Ask for a new one.' })
  if (Temporal.Instant.compare(at, quote.expiresAt) >= 0) {
    return refuse({ code: 'quote-expired', detail: `The quote was good until ${quote.expiresAt}. Ask for a new one.` })
  }
  if (quote.terms.sha256 !== currentTerms.sha256 || data.acceptedSha256 !== currentTerms.sha256) {
    return refuse({
      code: 'terms-stale',
      detail: `The accepted terms are not the ones in force. Show edition ${currentTerms.edition} and have it accepted.`,
      extra: { currentTerms },
    })
  }
  if (shortages.length > 0) {
    const list = shortages
      .map(({ sku, wanted, available }) => `${wanted} of ${sku} were asked for and ${available} are left`)
      .join('; ')
    return refuse({ code: 'out-of-stock', detail: `${list}.`, extra: { shortages } })
  }
  const over = overLimit(data)
  if (over) return over
  const lines = quote.lines.map(({ shown: _, available: __, withoutOffer: ___, ...line }) => line)
  const { customerKind, country, currency, terms, delivery, totals } = quote
  const placed: OrderPlaced = {
    type: 'OrderPlaced',
    data: {
      orderId,
      number: data.number,
      seller: sellerOf(quote.terms.edition).id,
      placedAt: at,
      customerKind,
      country,
      currency,
      locale: data.locale,
      terms,
      ...(quote.priceOffer && { priceOffer: quote.priceOffer.id }),
      lines,
      delivery,
      ...(quote.deliverBy && { deliverBy: quote.deliverBy }),
      totals,
      ...(quote.vat?.exported && { exported: true }),
      disclosures: {
        withdrawalInformation: toBeTold(quote, data.locale, at),
        returnCost: true,
        earlyCapture: quote.capture.timing === 'early',
        ...(data.marketingOptOut && { marketingOptOut: true }),
      },
      paymentDueAt: data.paymentDueAt,
      reservedUntil: data.reservedUntil,
      personal: data.personal,
    },
  }
  return accept(placed)
}

/** Whoever has not paid may keep so much from others, and no more. Undefined when the order is within that. */
function overLimit({ quote, keeping, limits }: PlaceOrder['data']) {
  const wanted = quote.lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const { orders: unpaidOrders, units: reservedUnits, until: reservedUntil } = keeping
  if (unpaidOrders < limits.orders && reservedUnits + wanted <= limits.units) return undefined
  const most = `At most ${limits.orders} unpaid orders may keep ${limits.units} units in all`
  const detail = reservedUntil
    ? `Unpaid orders of this customer: ${unpaidOrders}, which keep ${reservedUnits} units; this one is for ${wanted}. ${most}: pay or cancel one of them first, or order again after ${reservedUntil}.`
    : `The order is for ${wanted} units. ${most}: order fewer.`
  const known = { unpaidOrders, reservedUnits, ...(reservedUntil && { reservedUntil }) }
  return refuse({ code: 'reservation-limit', detail, extra: known })
}

/** What the confirmation is going to tell; what it did tell is kept when it is sent. */
function toBeTold({ terms, country, customerKind }: Quote, locale: Locale, at: string) {
  const documents = confirmationDocuments({ terms, country, customerKind, locale })
  const orderedOn = osloDay(Temporal.Instant.from(at))
  return toldBy({ documents, edition: terms.edition, country, orderedOn }).withdrawalInformation
}
