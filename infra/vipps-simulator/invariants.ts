import type { Event, Payment } from './payment.ts'

const sum = (events: Event[]) => events.reduce((all, { amount }) => all + amount.value, 0)

/** What is wrong with a payment's books, as sentences: either the simulator erred, or its caller moved money twice. */
export function brokenInvariants({ reference, state, amount, sums, events }: Payment, before?: Payment['state']) {
  const { authorised, captured, refunded, cancelled } = sums
  const done = (name: Event['name']) => events.filter((event) => event.success && event.name === name)
  const keys = [...done('CAPTURED'), ...done('REFUNDED')].map(({ idempotencyKey }) => idempotencyKey)
  const ours = keys.filter((key) => key !== null)
  const rules: [boolean, string][] = [
    [
      [authorised, captured, refunded, cancelled].every((value) => Number.isSafeInteger(value) && value >= 0),
      'its amounts are whole and not negative',
    ],
    [authorised === (state === 'AUTHORIZED' ? amount.value : 0), 'all or nothing is authorised'],
    [refunded <= captured, 'no more is refunded than captured'],
    [captured <= authorised, 'no more is captured than authorised'],
    [captured + cancelled <= amount.value, 'no more is captured and let go than was asked for'],
    [sum(done('CAPTURED')) === captured, 'its captures add up'],
    [sum(done('REFUNDED')) === refunded, 'its refunds add up'],
    [sum(done('CANCELLED')) + sum(done('TERMINATED')) === cancelled, 'what was let go adds up'],
    [new Set(ours).size === ours.length, 'no key moves money twice'],
    [before === undefined || before === 'CREATED' || before === state, 'a final state stays'],
  ]
  return rules.filter(([holds]) => !holds).map(([, rule]) => `Payment ${reference}: it does not hold that ${rule}.`)
}
