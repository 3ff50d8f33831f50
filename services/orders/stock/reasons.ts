/** Why units were added or taken, as people say it. */
export const reasonsSaid = ['received', 'counted', 'damaged', 'lost', 'returned', 'other'] as const

/** `opened`: what there was when the product was made. */
export type StockChangeReason = (typeof reasonsSaid)[number] | 'opened'
