import type { ReturnFacts } from '@vilkar/terms/order/facts.ts'
import { loweredAmong } from '@vilkar/terms/order/price-back.ts'
import type { OrderSoFar } from './projection.ts'

type Facts = OrderSoFar['facts']

/** Units that are asked back take with them what lower prices have given back of them so far. */
export function askedBack(facts: Facts, asked: ReturnFacts): Pick<Facts, 'returns'> {
  const { lines, complaints } = facts
  const neverCame = asked.right === 'loss'
  const lowered = lines && loweredAmong({ ...facts, lines, complaints }, asked.lines, { neverCame })
  return { returns: [...facts.returns, { ...asked, ...(lowered && { lowered }) }] }
}
