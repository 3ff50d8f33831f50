import type { Order } from './records.ts'

type Earlier = Pick<Order, 'status' | 'captured_amount' | 'refunded_amount'> & { movements: number }
type Rule = [boolean, string]

const MAX_ORDERS = 100_000
const OVER: Order['status'][] = ['CANCELLED', 'EXPIRED']
const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0)

/**
 * What is wrong with an order's books, as sentences: either the simulator erred, or its caller moved money twice. To be
 * asked after every request, for it also compares with how the order was when last asked: what is over stays over, and
 * what moved stays moved.
 */
export function createInvariants() {
  const seen = new Map<string, Earlier>()
  return (order: Order) => {
    const { order_id, status, captured_amount, refunded_amount } = order
    const movements = order.captures.length + order.refunds.length
    const earlier = seen.get(order_id)
    seen.set(order_id, { status, captured_amount, refunded_amount, movements })
    if (seen.size > MAX_ORDERS) seen.delete(seen.keys().next().value!)
    const rules = [...rulesOf(order), ...(earlier === undefined ? [] : since(earlier, order, movements))]
    return rules.filter(([holds]) => !holds).map(([, rule]) => `Order ${order_id}: it does not hold that ${rule}.`)
  }
}

function rulesOf(order: Order): Rule[] {
  const { order_amount, captured_amount, refunded_amount, remaining_authorized_amount, captures, refunds } = order
  const amounts = [order_amount, captured_amount, refunded_amount, remaining_authorized_amount]
  return [
    [amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0), 'its amounts are whole and not negative'],
    [refunded_amount <= captured_amount, 'no more is refunded than captured'],
    [captured_amount + remaining_authorized_amount <= order_amount, 'no more is captured than authorised'],
    [sum(captures.map((capture) => capture.captured_amount)) === captured_amount, 'its captures add up'],
    [sum(refunds.map((refund) => refund.refunded_amount)) === refunded_amount, 'its refunds add up'],
    [sum(captures.map((capture) => capture.refunded_amount)) === refunded_amount, 'refunds are spread over captures'],
    [unrepeated(captures), 'no intent is captured twice'],
    [unrepeated(refunds), 'no intent is refunded twice'],
  ]
}

const since = (earlier: Earlier, order: Order, movements: number): Rule[] => [
  [!OVER.includes(earlier.status) || order.status === earlier.status, 'what is over stays over'],
  [earlier.status !== 'CAPTURED' || order.status === 'CAPTURED', 'what is captured stays captured'],
  [order.captured_amount >= earlier.captured_amount, 'captures are not undone'],
  [order.refunded_amount >= earlier.refunded_amount, 'refunds are not undone'],
  [movements >= earlier.movements, 'no movement disappears'],
]

function unrepeated(movements: { reference?: string }[]) {
  const references = movements.map(({ reference }) => reference).filter((reference) => reference !== undefined)
  return new Set(references).size === references.length
}
