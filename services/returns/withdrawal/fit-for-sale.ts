import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { Refusal } from '@vilkar/decider/decider.ts'
import { awaitsUnits, comingBack, type DeclaredReturn } from './state.ts'

/** Why these units cannot be what was found fit for sale; undefined when they can. It is said once, with the receipt. */
export function whyNotFit(fitForSale: LinePart[], state: DeclaredReturn): Refusal | undefined {
  if (fitForSale.length === 0) return undefined
  if (awaitsUnits(state))
    return {
      code: 'units-not-known',
      detail: 'Shipping has not said yet which of these units had left. Say which are fit for sale again in a moment.',
    }
  // What closed without a refund never left.
  const coming = state.closed && state.closed.outcome !== 'refunded' ? [] : comingBack(state)
  for (const { lineId, quantity } of fitForSale) {
    const most = coming.find((line) => line.lineId === lineId)?.quantity ?? 0
    if (quantity > most)
      return {
        code: 'quantity-exceeded',
        detail: `Of line ${lineId} ${most} units come back by this return, not ${quantity}.`,
      }
  }
  if (state.receivedAt === undefined || isSame(fitForSale, state.fitForSale ?? [])) return undefined
  return {
    code: 'receipt-settled',
    detail:
      'The receipt was recorded with other units fit for sale. What is found later is added by POST /products/{sku}/stock-changes of orders.',
  }
}

const isSame = (some: LinePart[], others: LinePart[]) =>
  some.length === others.length &&
  some.every(({ lineId, quantity }) => others.find((line) => line.lineId === lineId)?.quantity === quantity)
