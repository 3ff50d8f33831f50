import type { Order } from './order-management.ts'

const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0)

/** What is wrong with an order's books, as sentences: either the simulator erred, or its caller moved money twice. */
export function brokenInvariants(order: Order) {
  const { order_amount, captured_amount, refunded_amount, remaining_authorized_amount, captures, refunds } = order
  const rules: [boolean, string][] = [
    [
      [order_amount, captured_amount, refunded_amount, remaining_authorized_amount].every(
        (amount) => Number.isSafeInteger(amount) && amount >= 0,
      ),
      'its amounts are whole and not negative',
    ],
    [refunded_amount <= captured_amount, 'no more is refunded than captured'],
    [captured_amount + remaining_authorized_amount <= order_amount, 'no more is captured than authorised'],
    [sum(captures.map((capture) => capture.captured_amount)) === captured_amount, 'its captures add up'],
    [sum(refunds.map((refund) => refund.refunded_amount)) === refunded_amount, 'its refunds add up'],
    [sum(captures.map((capture) => capture.refunded_amount)) === refunded_amount, 'refunds are spread over captures'],
    [unrepeated(captures), 'no intent is captured twice'],
    [unrepeated(refunds), 'no intent is refunded twice'],
  ]
  return rules.filter(([holds]) => !holds).map(([, rule]) => `Order ${order.order_id}: it does not hold that ${rule}.`)
}

function unrepeated(movements: { reference?: string }[]) {
  const references = movements.map(({ reference }) => reference).filter((reference) => reference !== undefined)
  return new Set(references).size === references.length
}
