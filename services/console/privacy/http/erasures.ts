import { answered, type Clients } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { citesOf, facts, mayGoOn, section, tag, timeOf } from '../../pages/parts.ts'
import type { Html } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { nameIn, readControllers, showDesk } from '../frame.ts'
import { called, privacyWords } from '../words.ts'

type Asked = { Querystring: { before?: string } }
const SHOWN = 50
const RECORDS_NAMED = 5

const listErasures = (clients: Clients, query: { open?: 'true'; before?: string; limit: number }) =>
  clients.privacy.GET('/erasures', { params: { query } })
type Erasure = NonNullable<Awaited<ReturnType<typeof listErasures>>['data']>['items'][number]

/** What had to go, and what its holders answered: what is unanswered first. */
export function erasurePages(server: FastifyInstance, { clock }: Pick<Deps, 'clock'>) {
  const config = { access: 'privacy:read' as const }
  server.get<Asked>('/privacy/erasures', { config }, async ({ view, query: { before } }, reply) => {
    const say = privacyWords(view.language)
    const [open, latest, controllers] = await Promise.all([
      answered(listErasures(view.clients, { open: 'true', limit: SHOWN })),
      answered(listErasures(view.clients, { before, limit: SHOWN })),
      readControllers(view),
    ])
    const settled = latest.items.filter(({ settledAt }) => settledAt !== undefined)
    const told = { nameOf: nameIn(controllers), now: clock.now().toString() }
    const last = latest.items.length === SHOWN ? latest.items.at(-1) : undefined
    const main = html`<p class="lead">${say('erasuresLead')}</p>
${section('open', say('unanswered', { count: open.items.length }), html`${listOf(view, open.items, told, say('allAnswered'))}${mayGoOn(view, open.items, SHOWN)}`)}
${section('settled', say('settled'), listOf(view, settled, told, say('noErasures')))}
${last && html`<p><a class="ds-link" href="/privacy/erasures?before=${last.id}#settled">${say('older')}</a></p>`}`
    return showDesk(view, reply, { title: say('erasures'), main })
  })
}

type Told = { nameOf: (id: string) => string; now: string }
function listOf(view: View, erasures: readonly Erasure[], told: Told, empty: string): Html {
  if (erasures.length === 0) return html`<p class="quiet">${empty}</p>`
  return html`<ul class="list">${erasures.map((erasure) => html`<li class="line">${erasureOf(view, erasure, told)}</li>`)}</ul>`
}

function erasureOf(view: View, erasure: Erasure, { nameOf, now }: Told): Html {
  const say = privacyWords(view.language)
  const { records, system, controller, cause, keeps, askedAt, answerBy, awaited, settledAt, answers, reasons } = erasure
  const late = settledAt === undefined && Temporal.Instant.compare(answerBy, now) < 0
  const named = records.slice(0, RECORDS_NAMED).join(', ')
  return html`${facts([
    [
      say('concerns'),
      html`<strong>${say('recordsOf', { count: records.length, system })}</strong> <span class="quiet">${named}${records.length > RECORDS_NAMED && ' …'}</span>`,
    ],
    [say('controller'), nameOf(controller)],
    [say('why'), called(view, 'cause', cause)],
    [say('stays'), keeps.map((each) => called(view, 'keeps', each)).join(', ')],
    [say('askedOn'), timeOf(view, askedAt)],
    [
      say('answerBy'),
      settledAt === undefined ? html`${timeOf(view, answerBy)} ${late && tag('danger', say('overdue'))}` : undefined,
    ],
    [
      say('awaited'),
      awaited.length > 0
        ? html`${awaited.map((holder) => html`${tag(late ? 'danger' : 'warning', holder)} `)}`
        : undefined,
    ],
    [say('settledOn'), settledAt && timeOf(view, settledAt)],
  ])}
${answers.length > 0 && html`<ul class="list">${answers.map((answer) => html`<li>${answerOf(view, answer)}</li>`)}</ul>`}
${citesOf(view, reasons)}`
}

function answerOf(view: View, { holder, erased, postponed, counts, answeredAt }: Erasure['answers'][number]): Html {
  const say = privacyWords(view.language)
  return html`<strong>${holder}</strong> ${say('erasedCounts', { records: erased.length, ...counts })} <span class="quiet">${timeOf(view, answeredAt)}</span>
${postponed.length > 0 && html`<br>${tag('warning', say('postponedCount', { count: postponed.length }))} <span class="quiet">${[...new Set(postponed.map(({ why }) => called(view, 'postponed', why)))].join(', ')}</span>`}`
}
