/** Why units were added or taken, as people say it. */
export const reasonsSaid = ['received', 'counted', 'damaged', 'lost', 'returned', 'other'] as const

/** `opened`: what there was when the product was made. `replacement`: taken to replace defective units, or back since none were sent. */
export type StockChangeReason = (typeof reasonsSaid)[number] | 'opened' | 'replacement' | 'replacement-stopped'
