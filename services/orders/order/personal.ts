import type { OrderPlaced } from '@vilkar/contracts/orders.ts'

/** The personal data of an order: kept apart from its facts, and erasable without them. */
export type Personal = OrderPlaced['data']['personal']
