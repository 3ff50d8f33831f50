import type { PaymentLine } from '@vilkar/payments/port.ts'
import type { PlacedOrder } from './order.ts'

/** The order's lines and its delivery as a payment provider wants them; their totals add up to the order's total. */
export const paymentLines = ({ lines, delivery }: PlacedOrder['placed']): PaymentLine[] => [
  ...lines.map(({ sku, name, quantity, unitPrice, total, vatRate, vat }) => ({
    kind: 'physical' as const,
    reference: sku,
    name,
    quantity,
    unitPrice,
    discount: unitPrice * quantity - total,
    total,
    taxRate: vatRate,
    tax: vat,
  })),
  {
    kind: 'shipping_fee' as const,
    reference: delivery.option,
    name: delivery.name,
    quantity: 1,
    unitPrice: delivery.price,
    discount: 0,
    total: delivery.price,
    taxRate: delivery.vatRate,
    tax: delivery.vat,
  },
]
