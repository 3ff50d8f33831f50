import { html } from 'hono/html'
import { dateOf, dayOf, timeOf } from '../pages/parts.ts'
import type { View } from '../pages/view.ts'
import { type Hearing, pathOfEvents, pathOfMails } from './again-deeds.ts'
import { caseTable, dueOf } from './case-table.ts'
import { codeWords, eventOf } from './codes.ts'
import { aboutOf, type Writer } from './mails.ts'
import { lookedInto, pathOf } from './resolving.ts'
import { againWords, alarmWords, deskWords, workWords } from './words.ts'
import { lawLists } from './work-law.ts'
import { allOf, type List, listOf, orderLink } from './work-list.ts'
import { moneyLists } from './work-money.ts'
import { parcelLists } from './work-parcels.ts'
import type { CasesSeen, WorkSeen } from './work-reading.ts'
import { shippingLists } from './work-shipping.ts'

/** All that waits for a person, as lists; in each, what is due first stands first. */
export const workLists = (view: View, seen: WorkSeen): List[] => [
  ...caseLists(view, seen),
  ...moneyLists(view, seen),
  ...orderLists(view, seen),
  ...parcelLists(view, seen),
  ...shippingLists(view, seen),
  ...faultLists(view, seen),
  ...lawLists(view, seen),
]

/** Cases by what they are, and statements to answer. */
export function caseLists(view: View, { cases, counts, mine, tag, statements }: CasesSeen): List[] {
  const say = deskWords(view.language)
  const late = ({ dueOn }: { dueOn?: string }) => dueOn !== undefined && dueOn < view.today
  const read = Map.groupBy(cases?.items ?? [], ({ kind }) => kind)
  const counted = new Map(counts?.items.map((each) => [each.kind, each]))
  const kinds = [...new Set([...read.keys(), ...counted.keys()])].map((kind) => {
    const [items, title, all] = [read.get(kind) ?? [], say(`kind_${kind}`), counted.get(kind)]
    const count = Math.max(items.length, all?.open ?? 0)
    const more = all === undefined && cases?.next !== undefined
    const href = `/desk/cases?${new URLSearchParams({ kind, ...(mine && { mine: 'yes' }), ...(tag && { tag }) })}`
    return {
      ...{ id: `cases-${kind}`, title, count, more, overdue: Math.max(items.filter(late).length, all?.overdue ?? 0) },
      content: html`${items.length > 0 && caseTable(view, items)}${(more || count > items.length) && allOf(view, { href, title })}`,
    }
  })
  return [
    ...(cases === undefined
      ? [listOf(view, { id: 'cases', title: say('cases'), heads: [], page: cases, row: () => [] })]
      : kinds),
    ...(tag === undefined ? [statementList(view, statements)] : []),
  ]
}

/** Statements to answer; of a case and its tags nobody knows yet. */
function statementList(view: View, statements: CasesSeen['statements']): List {
  const say = deskWords(view.language)
  return listOf(view, {
    ...{ id: 'statements', title: say('statements'), page: statements },
    heads: [say('orderHead'), say('status'), say('received'), say('customer')],
    row: ({ orderId, orderNumber, status, receivedAt, name, email }) => [
      orderLink(orderId, orderNumber),
      codeWords(view)(`said_${status}`),
      timeOf(view, receivedAt),
      name ?? email ?? '–',
    ],
  })
}

function orderLists(view: View, { late, unformed }: WorkSeen): List[] {
  const say = deskWords(view.language)
  const work = workWords(view.language)
  const unitsOf = (lines: readonly { quantity: number }[]) => lines.reduce((sum, { quantity }) => sum + quantity, 0)
  return [
    listOf(view, {
      ...{ id: 'late', title: work('late'), page: late },
      heads: [
        ...[say('orderHead'), say('due'), work('promise'), work('extraTime')],
        ...[work('unitsUnsent'), work('unitsUnderway')],
      ],
      row: ({ orderId, number, promise, dueOn, extraTimeUntil, unsent, underway }) => [
        orderLink(orderId, number),
        promise === 'last-day' ? dueOf(view, dueOn) : dayOf(view, dueOn),
        work(`promise_${promise}`),
        dueOf(view, extraTimeUntil),
        unitsOf(unsent),
        unitsOf(underway),
      ],
      late: ({ promise }) => promise === 'last-day',
    }),
    listOf(view, {
      ...{ id: 'unformed', title: say('unformed'), page: unformed },
      heads: [say('orderHead'), say('customer'), say('email'), say('placed')],
      row: ({ id, number, customer, placedAt }) => [
        orderLink(id, number),
        customer.name,
        customer.email,
        dayOf(view, dateOf(placedAt)),
      ],
    }),
  ]
}

/** What calls for a person, and what failed and may be tried again. */
function faultLists(view: View, { alarms, dead, unsent }: WorkSeen): List[] {
  const say = deskWords(view.language)
  const work = workWords(view.language)
  const again = (href: string) => html`<a class="ds-link nowrap" href="${href}">${say('tryAgain')}</a>`
  return [
    listOf(view, {
      ...{ id: 'alarms', title: say('alarms') },
      page: alarms,
      heads: [say('alarm'), say('service'), say('orderHead'), say('raised'), alarmWords(view.language)('lookedInto')],
      row: ({ service, orderId, raisedAt, ...alarm }) => [
        html`<a class="ds-link" href="${pathOf(service, alarm)}">${codeWords(view)(`alarm_${alarm.kind}`)}</a>`,
        view.say(`service_${service}`),
        orderLink(orderId),
        timeOf(view, raisedAt),
        lookedInto(view, alarm) ?? '–',
      ],
    }),
    withTryAll(view, unsent?.items, (service) => pathOfMails(service as Writer))(
      listOf(view, {
        ...{ id: 'unsent', title: work('unsent'), page: unsent },
        heads: [work('mail'), say('service'), work('about'), work('since'), say('tries'), say('tryAgain')],
        row: ({ kind, service, aboutId, mailId, createdAt, tries, error }) => [
          html`${aboutOf(view, { kind })} <span class="quiet" lang="en">${error ?? ''}</span>`,
          view.say(`service_${service}`),
          html`<a class="ds-link nowrap" href="/desk?q=${aboutId}">${aboutId.slice(0, 8)}</a>`,
          timeOf(view, createdAt),
          tries,
          again(pathOfMails(service as Writer, mailId)),
        ],
      }),
    ),
    withTryAll(
      view,
      dead?.items,
      pathOfEvents,
    )(
      listOf(view, {
        ...{ id: 'dead', title: say('deadLetters'), page: dead },
        heads: [say('what'), say('service'), say('tries'), say('received'), say('tryAgain')],
        row: ({ type, service, aggregateId, attempts, receivedAt, error }) => [
          html`${eventOf(view, type)} <span class="quiet" lang="en">${error ?? ''}</span>`,
          view.say(`service_${service}`),
          attempts,
          timeOf(view, receivedAt),
          again(pathOfEvents(service, aggregateId)),
        ],
      }),
    ),
  ]
}

/** A list with a way to all that failed in a service, where more than one did. */
const withTryAll =
  (view: View, items: readonly { service: Hearing }[] = [], hrefOf: (service: Hearing) => string) =>
  (list: List): List => {
    const several = [...Map.groupBy(items, ({ service }) => service)].filter(([, each]) => each.length > 1)
    const links = several.map(([service]) => {
      const named = againWords(view.language)('tryAll', { service: view.say(`service_${service}`) })
      return html`<a class="ds-link" href="${hrefOf(service)}">${named}</a> `
    })
    return several.length === 0 ? list : { ...list, content: html`${list.content}<p class="ways">${links}</p>` }
  }
