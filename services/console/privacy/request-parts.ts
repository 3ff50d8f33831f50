import type { Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { citesOf, day, dayOf, table, tag } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { called, privacyWords } from './words.ts'

const listRequests = (clients: Clients) => clients.privacy.GET('/requests', {})
export type Request = NonNullable<Awaited<ReturnType<typeof listRequests>>['data']>['items'][number]
export const KINDS = [
  ...(['access', 'rectify', 'erase', 'restrict', 'object', 'portability', 'withdraw-consent', 'human-review'] as const),
]
/** By which ways a request may come that staff writes down. */
export const CHANNELS = ['email', 'letter', 'phone', 'form'] as const

const SOON_DAYS = 7
const COLORS: Partial<Record<Request['status'], 'info' | 'warning' | 'success'>> = {
  open: 'info',
  'waiting-for-identity': 'warning',
  answered: 'success',
}

export const statusTag = (view: View, { status }: Request) =>
  tag(COLORS[status] ?? 'neutral', called(view, 'status', status))

/** The last day to answer, how far it is, and loudly where that is not far. Nothing where no answer is owed any more. */
export function dueOf(view: View, { dueOn, answeredAt }: Pick<Request, 'dueOn' | 'answeredAt'>): Html {
  const say = privacyWords(view.language)
  if (answeredAt !== undefined) return html`–`
  if (dueOn === undefined) return html`${say('notRunning')}`
  const left = Temporal.PlainDate.from(view.today).until(dueOn).days
  const color = left < 0 ? 'danger' : left <= SOON_DAYS ? 'warning' : 'neutral'
  return html`${dayOf(view, dueOn)} ${tag(color, left < 0 ? say('overdueBy', { days: -left }) : say('daysLeft', { days: left }))}`
}

/** Requests, each with a link to its page. */
export function requestTable(view: View, requests: readonly Request[], nameOf: (controller: string) => string): Html {
  const say = privacyWords(view.language)
  return table(
    say('requests'),
    [say('asks'), say('due'), say('status'), say('controller'), say('received')],
    requests.map((request) => [
      html`<a class="ds-link" href="/privacy/requests/${request.id}">${called(view, 'kind', request.kind)}</a><br><span class="quiet">${called(view, 'article', request.kind)}</span>`,
      dueOf(view, request),
      statusTag(view, request),
      nameOf(request.controller),
      html`<span class="nowrap">${day(view, request.receivedOn)}</span><br><span class="quiet">${called(view, 'channel', request.channel)}</span>`,
    ]),
  )
}

/** What stays although erasure was asked for: until when, what keeps it, and why. */
export function keptTable(view: View, kept: NonNullable<Request['kept']>): Html {
  const say = privacyWords(view.language)
  return table(
    say('stays'),
    [say('record'), say('untilDay'), say('keptBy'), say('because')],
    kept.map(({ system, record, until, holds, reasons }) => [
      `${system} / ${record}`,
      dayOf(view, until),
      holds.map((hold) => called(view, 'hold', hold)).join(', ') || say('duty'),
      citesOf(view, reasons),
    ]),
  )
}
