import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { form, input, readForm } from '../../pages/forms.ts'
import { once } from '../../pages/once.ts'
import { notice, section, table, timeOf } from '../../pages/parts.ts'
import { createReading, type Reading } from '../../pages/reading.ts'
import { type Html, leadTo } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { choiceOf, chosenOf, controllerField, mayWrite, readControllers, showDesk } from '../frame.ts'
import { type ControllerId, heldTable } from '../held.ts'
import { called, privacyWords } from '../words.ts'

type Asked = { Querystring: { controller?: string; on?: string; asked?: string } }
const SHOWN = 200
const ALARMS = 100

/** What goes by a day, when and by which sentence; what is held past its day; the runs; and the run itself. */
export function retentionPages(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  const read = { config: { access: 'privacy:read' as const } }
  server.get<Asked>('/privacy/retention', read, async ({ view, query }, reply) => {
    const say = privacyWords(view.language)
    const reading = createReading()
    const controllers = await readControllers(view)
    const { controller } = chosenOf(controllers, query.controller)
    const on = query.on === undefined || query.on === '' ? view.today : query.on
    const seen = await readRetention(view, reading, { controller, on })
    const asked = /^\d{1,9}$/.test(query.asked ?? '') ? Number(query.asked) : undefined
    const main = html`${asked !== undefined && notice('success', html`<p>${say('ran', { count: asked })}</p>`)}${reading.notice(view)}
<p class="lead">${say('retentionLead')}</p>
${choiceOf(view, '/privacy/retention', html`${controllerField(view, controllers, controller)}${input({ name: 'on', label: say('onDay'), type: 'date', value: on })}`)}
${dryRun(view, seen)}
${mayWrite(view) && section('run', say('runNow'), html`<p>${say('runHelp')}</p>${form(view, { action: '/privacy/retention/runs', submit: say('runNow'), danger: true }, html`<input type="hidden" name="controller" value="${controller}">`)}`)}
${pastSection(view, seen, controller)}
${runSection(view, seen)}`
    return showDesk(view, reply, { title: say('retention'), main })
  })

  const write = { config: { access: 'privacy:write' as const } }
  server.post('/privacy/retention/runs', write, async ({ view, body }, reply) => {
    const sent = readForm(body)
    const { controller } = chosenOf(await readControllers(view), sent.text('controller'))
    let asked = ''
    await once(deps, sent.id, async () => {
      const params = { path: { controller } }
      const { holdings } = await answered(view.clients.privacy.POST('/retention/{controller}/runs', { params }))
      asked = `&asked=${holdings}`
    })
    return leadTo(reply, `/privacy/retention?controller=${controller}${asked}`)
  })
}

async function readRetention(
  { clients: { privacy } }: View,
  reading: Reading,
  { controller, on }: { controller: ControllerId; on: string },
) {
  const path = { controller }
  const [due, runs, alarms] = await Promise.all([
    answered(privacy.GET('/retention/{controller}/due', { params: { path, query: { on, limit: SHOWN } } })),
    reading.of('privacy', privacy.GET('/retention/{controller}/runs', { params: { path } })),
    reading.of('privacy', privacy.GET('/alarms', { params: { query: { kind: 'held-past-its-day', limit: ALARMS } } })),
  ])
  return { due, runs: runs?.items ?? [], alarms: alarms?.items }
}
type Seen = Awaited<ReturnType<typeof readRetention>>

function dryRun(view: View, { due: { counts, items, on } }: Seen): Html {
  const say = privacyWords(view.language)
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  const rows = counts.map(({ system, category, count, first }) => [
    called(view, 'category', category),
    system,
    count,
    timeOf(view, first),
  ])
  return section(
    'due',
    say(on === view.today ? 'goesToday' : 'goesBy', { count: total }),
    html`<p class="quiet">${say('dryRunHelp')}</p>
${rows.length > 0 && table(say('byCategory'), [say('category'), say('system'), say('count'), say('first')], rows)}
${heldTable(view, say('records'), items, say('nothingGoes'))}
${total > items.length && html`<p class="quiet">${say('firstOf', { shown: items.length, count: total })}</p>`}`,
  )
}

/** What the service calls a person for of this controller: it should be nothing. */
function pastSection(view: View, { alarms }: Seen, controller: string): Html {
  const say = privacyWords(view.language)
  if (alarms === undefined) return html``
  const past = alarms.filter(({ resolvedAt, about }) => !resolvedAt && about?.startsWith(`${controller}/`) === true)
  const rows = past.map(({ about, raisedAt }) => [html`<code>${about ?? '–'}</code>`, timeOf(view, raisedAt)])
  return section(
    'past',
    say('pastDay'),
    past.length === 0
      ? html`<p class="quiet">${say('nothingPast')}</p>`
      : html`${notice('warning', html`<p>${say('somePast', { count: past.length })}</p>`)}${table(say('pastDay'), [say('record'), say('raised')], rows)}`,
  )
}

function runSection(view: View, { runs }: Seen): Html {
  const say = privacyWords(view.language)
  const rows = runs.map(({ ranAt, holdings, erasures }) => [timeOf(view, ranAt), holdings, erasures])
  return section(
    'runs',
    say('runs'),
    rows.length === 0
      ? html`<p class="quiet">${say('noRuns')}</p>`
      : table(say('runs'), [say('ranAt'), say('records'), say('erasures')], rows),
  )
}
