import type { Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { dayOf, money, table, tag, timeOf } from '../pages/parts.ts'
import type { View } from '../pages/view.ts'
import { codeWords, standsOf } from './codes.ts'
import { tagLinks } from './tags.ts'
import { deskWords } from './words.ts'

const listCases = (clients: Clients) => clients.returns.GET('/returns', {})
/** A case as the returns service lists it. */
export type CaseItem = NonNullable<Awaited<ReturnType<typeof listCases>>['data']>['items'][number]

/** The last day, and loudly when it is over. */
export const dueOf = (view: View, dueOn: string | undefined) =>
  dueOn !== undefined && dueOn < view.today
    ? html`${tag('danger', deskWords(view.language)('overdue'))} ${dayOf(view, dueOn)}`
    : dayOf(view, dueOn)

/** Refunds by their last day, and not by the day to judge what stands against them. */
export const byLastDay = (refunds: readonly CaseItem[]) =>
  refunds.map(({ payBy, ...each }) => ({ ...each, dueOn: payBy ?? each.dueOn }))

/** Cases, each with a link to its page and to its order’s. */
export function caseTable(view: View, cases: readonly CaseItem[]) {
  const say = deskWords(view.language)
  return table(
    say('cases'),
    [say('case'), say('orderHead'), say('awaits'), say('due'), say('owed'), say('assignee')],
    cases.map(
      ({ id, orderId, number, kind, status, awaits, awaitsSince, dueOn, owed, currency, assignee, ...tagged }) => [
        html`<a class="ds-link" href="/desk/cases/${id}">${say(`kind_${kind}`)}</a> <span class="quiet">${standsOf(view, { kind, status })}</span> ${tagLinks([...new Set([...(tagged.tags ?? []), ...(tagged.orderTags ?? [])])])}`,
        html`<a class="ds-link nowrap" href="/desk/orders/${orderId}">${number ?? orderId.slice(0, 8)}</a>`,
        awaits === undefined
          ? '–'
          : html`${codeWords(view)(`awaits_${awaits}`)} <span class="quiet">${timeOf(view, awaitsSince)}</span>`,
        tagged.closedAt === undefined ? dueOf(view, dueOn) : '–',
        owed === undefined || currency === undefined || tagged.closedAt !== undefined
          ? '–'
          : html`<span class="amount">${money(view, owed, currency)}</span>`,
        assignee ?? '–',
      ],
    ),
  )
}
