import { because, type Exceptions } from './exceptions.ts'

export const MAX_LINES_PER_FILE = 250
export const MAX_LINES_PER_FUNCTION = 70

export const lengthOf = (text: string) => text.split('\n').length - 1

/** Files longer than `MAX_LINES_PER_FILE`. */
export const longFiles: Exceptions = {}

/** Functions longer than `MAX_LINES_PER_FUNCTION`, by their file and name. */
export const longFunctions: Exceptions = {
  ...because('a list of routes, each with its schemas', [
    'services/orders/checkout/http/products.ts: products',
    'services/orders/terms-page/terms.ts: terms',
    'services/returns/order-facts/http/eligibility.ts: eligibility',
    'services/returns/withdrawal/http/returns.ts: returns',
    'services/orders/money/http/payment-link.ts: payments',
    'services/orders/money/http/reconciliation.ts: reconciliation',
    'services/orders/order/http/read-orders.ts: readOrders',
  ]),
  ...because('a simulated system is one thing: what it keeps, and what is done to it', [
    'infra/privacy-years/systems/shop.ts: createShop',
    'infra/privacy-years/systems/system.ts: createSystem',
  ]),
  ...because('a decider answers each command, and takes up each event, in one place', [
    'services/orders/order/order.ts: decide',
    'services/orders/order/order.ts: evolve',
    'services/shipping/shipment/decider.ts: decide',
    'services/shipping/shipment/decider.ts: evolve',
  ]),
}
