import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import type { At } from '../../pages/deed.ts'
import { mayGoOn, section, table, timeOf } from '../../pages/parts.ts'
import { createReading } from '../../pages/reading.ts'
import type { Html } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { exportOf, hasExport } from '../export-part.ts'
import { deskDeeds, nameIn, readControllers, showDesk, wayTo } from '../frame.ts'
import { newRequest } from '../new-request.ts'
import { personOf, requestPage } from '../request-page.ts'
import { requestTable } from '../request-parts.ts'
import { isStep, stepOf } from '../request-steps.ts'
import { called, privacyWords } from '../words.ts'

const config = { access: 'privacy:read' as const }
/** How many are on a page, and are counted at most. */
const SHOWN = 50
const MOST_COUNTED = 1_000
const ALARMS = 50

type Asked = { Querystring: { all?: string; after?: string } }

/** Requests by the day on which they are due, a page at a time, what calls for a person, and each request with what is done about it. */
export function requestPages(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  server.get<Asked>('/privacy', { config }, async ({ view, query: { all, after } }, reply) => {
    const say = privacyWords(view.language)
    const reading = createReading()
    const open = all === undefined ? ('true' as const) : undefined
    const [{ items, next, count, overdue }, controllers, alarms] = await Promise.all([
      answered(view.clients.privacy.GET('/requests', { params: { query: { open, after, limit: SHOWN } } })),
      readControllers(view),
      reading.of('privacy', view.clients.privacy.GET('/alarms', { params: { query: { limit: ALARMS } } })),
    ])
    const main = html`${reading.notice(view)}
<p class="lead">${say(open ? 'openCount' : 'allCount', { count, overdue })}${count >= MOST_COUNTED && html` ${say('countedNoFurther')}`}</p>
<p class="ways">${wayTo(view, '/privacy/requests/new', say('newRequest'), false)}
${open ? html`<a class="ds-link" href="/privacy?all=yes">${say('withAnswered')}</a>` : html`<a class="ds-link" href="/privacy">${say('onlyOpen')}</a>`}</p>
${items.length === 0 ? html`<p class="quiet">${say('noRequests')}</p>` : html`${requestTable(view, items, nameIn(controllers))}${next !== undefined && html`<p><a class="ds-link" href="/privacy?${new URLSearchParams({ ...(all && { all }), after: next })}">${say('nextPage')}</a></p>`}`}
${alarmSection(view, alarms?.items ?? [])}`
    return showDesk(view, reply, { title: say('place'), main })
  })

  deskDeeds(server, deps, '/privacy/requests/new', async ({ view }) => newRequest(view, await readControllers(view)))

  server.get<{ Params: { id: string } }>('/privacy/requests/:id', { config }, async ({ view, params }, reply) => {
    const reading = createReading()
    const [request, controllers, person] = await Promise.all([
      readRequest(view, params.id),
      readControllers(view),
      reading.of('privacy', personOf(view.clients, params.id)),
    ])
    const exported = hasExport(request) ? await reading.of('privacy', exportOf(view.clients, params.id)) : undefined
    const controllerName = nameIn(controllers)(request.controller)
    const main = requestPage(view, { request, person, exported, controllerName, missing: reading.notice(view) })
    return showDesk(view, reply, { title: called(view, 'kind', request.kind), main })
  })

  archiveRoute(server)

  deskDeeds(server, deps, '/privacy/requests/:id/do/:step', async ({ view, params: { id, step } }: At) =>
    step !== undefined && isStep(step) ? stepOf(view, await readRequest(view, id!), step) : undefined,
  )
}

/** What was collected of a person, for who may hand it over to them. */
function archiveRoute(server: FastifyInstance) {
  const write = { config: { access: 'privacy:write' as const } }
  server.get<{ Params: { id: string } }>('/privacy/requests/:id/archive', write, async ({ view, params }, reply) => {
    const asked = { params: { path: params }, parseAs: 'arrayBuffer' as const }
    const bytes = await answered(view.clients.privacy.GET('/exports/{id}/archive', asked))
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename="data-${params.id}.zip"`)
      .send(Buffer.from(bytes as unknown as ArrayBuffer))
  })
}

const readRequest = ({ clients }: View, id: string) =>
  answered(clients.privacy.GET('/requests/{id}', { params: { path: { id } } }))

type Alarm = { kind: string; about?: string; raisedAt: string; resolvedAt?: string }
/** What the service calls a person for; nothing where nothing does. */
function alarmSection(view: View, all: readonly Alarm[]): Html {
  const say = privacyWords(view.language)
  const open = all.filter(({ resolvedAt }) => resolvedAt === undefined)
  if (open.length === 0) return html``
  const rows = open.map(({ kind, about, raisedAt }) => [
    called(view, 'alarm', kind),
    kind === 'request-due' && about !== undefined
      ? html`<a class="ds-link" href="/privacy/requests/${about}"><code>${about}</code></a>`
      : html`<code>${about ?? '–'}</code>`,
    timeOf(view, raisedAt),
  ])
  return section(
    'alarms',
    say('alarms'),
    html`${table(say('alarms'), [say('alarm'), say('concerns'), say('raised')], rows)}${mayGoOn(view, all, ALARMS)}`,
  )
}
