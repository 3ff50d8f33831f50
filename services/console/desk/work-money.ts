import { html } from 'hono/html'
import { dayOf, money, timeOf } from '../pages/parts.ts'
import type { View } from '../pages/view.ts'
import { byLastDay, caseTable, dueOf } from './case-table.ts'
import { deskWords, workWords } from './words.ts'
import { isOver, type List, listOf, listWith, loudly, orderLink } from './work-list.ts'
import type { WorkSeen } from './work-reading.ts'

/** Money that is owed, may be lost, or does not agree. */
export const moneyLists = (view: View, seen: WorkSeen): List[] => [
  ...owedLists(view, seen),
  ...takenLists(view, seen),
  driftList(view, seen),
]

function owedLists(view: View, { refunds, payouts, mine }: WorkSeen): List[] {
  const say = deskWords(view.language)
  const title = workWords(view.language)('refunds')
  const late = ({ dueOn, payBy = dueOn }: { dueOn?: string; payBy?: string }) =>
    payBy !== undefined && payBy < view.today
  const href = `/desk/cases?refund=unpaid${mine ? '&mine=yes' : ''}`
  return [
    listWith(view, { id: 'refunds', title, page: refunds, late, href }, () =>
      caseTable(view, byLastDay(refunds?.items ?? [])),
    ),
    listOf(view, {
      ...{ id: 'payouts', title: say('payouts'), page: payouts, late },
      heads: [say('orderHead'), say('owed'), say('due')],
      row: ({ orderId, amount, currency, dueOn }) => [
        orderLink(orderId),
        money(view, amount, currency),
        dueOf(view, dueOn),
      ],
    }),
  ]
}

function takenLists(view: View, { uncaptured, ending }: WorkSeen): List[] {
  const say = deskWords(view.language)
  const work = workWords(view.language)
  return [
    listOf(view, {
      ...{ id: 'uncaptured', title: work('uncaptured'), page: uncaptured },
      heads: [say('orderHead'), work('amount'), work('capture'), work('sentAt'), work('alarmAt')],
      row: ({ orderId, number, amount, currency, status, dispatchedAt, dueAt }) => [
        orderLink(orderId, number),
        money(view, amount, currency),
        captureOf(view, status),
        timeOf(view, dispatchedAt),
        loudly(view, isOver(view, dueAt), timeOf(view, dueAt)),
      ],
      late: ({ dueAt }) => isOver(view, dueAt),
    }),
    listOf(view, {
      ...{ id: 'ending', title: work('ending'), page: ending },
      heads: [say('orderHead'), work('left'), work('ends'), work('provider')],
      row: ({ orderId, number, left, currency, expiresAt, provider }) => [
        orderLink(orderId, number),
        money(view, left, currency),
        loudly(view, isOver(view, expiresAt), timeOf(view, expiresAt)),
        provider,
      ],
      late: ({ expiresAt }) => isOver(view, expiresAt),
    }),
  ]
}

const STATUSES = ['planned', 'sent', 'declined', 'ambiguous'] as const
function captureOf(view: View, status: string) {
  const known = STATUSES.find((each) => each === status)
  return known === undefined ? status : workWords(view.language)(`capture_${known}`)
}

const driftList = (view: View, { drift }: WorkSeen): List => {
  const say = deskWords(view.language)
  const work = workWords(view.language)
  return listOf(view, {
    ...{ id: 'drift', title: work('drift'), page: drift },
    heads: [say('orderHead'), work('compared'), work('differs'), say('raised')],
    row: ({ orderId, detail, raisedAt }) => [
      orderLink(orderId),
      dayOf(view, (detail as Detail).day),
      html`<ul class="list">${differences(view, detail).map((each) => html`<li>${each}</li>`)}</ul>`,
      timeOf(view, raisedAt),
    ],
  })
}

/** What an alarm about drift was raised for: a day's comparison, or what was found when an authorisation ended. Amounts in minor units. */
type Detail = {
  day?: string
  currency?: string
  drift?: ({ kind: string } & Partial<Record<'amount' | 'provider' | 'ledger', number>> & { movement?: string })[]
  capturable?: number
  captured?: number
  ledger?: number
}
const KINDS = [
  ...(['movement-not-in-ledger', 'movement-not-at-provider', 'captured-differs', 'refunded-differs'] as const),
  ...(['capturable-differs', 'payment-unknown-to-provider'] as const),
]

function differences(view: View, { currency, drift, capturable, captured, ledger }: Detail): string[] {
  const say = workWords(view.language)
  const sum = (amount: number | undefined) => {
    if (amount === undefined) return undefined
    return currency === undefined ? say('hundredths', { amount }) : money(view, amount, currency)
  }
  if (drift !== undefined)
    return drift.map(({ kind, movement, ...found }) => {
      const known = KINDS.find((each) => each === kind)
      const sums = { amount: sum(found.amount), provider: sum(found.provider), ledger: sum(found.ledger) }
      return known === undefined ? kind : say(`drift_${known}`, { movement, ...sums })
    })
  if (captured !== undefined) return [say('drift_taken', { provider: sum(captured), ledger: sum(ledger) })]
  return capturable === undefined ? [] : [say('drift_lives', { amount: sum(capturable) })]
}
