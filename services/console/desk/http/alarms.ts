import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { attempted, refusalOf, refusedWith } from '../../pages/attempt.ts'
import { oneOf, readForm } from '../../pages/forms.ts'
import { page } from '../../pages/layout.ts'
import { once } from '../../pages/once.ts'
import { leadTo, show } from '../../pages/show.ts'
import { acknowledge, CALLING, pathOf, readAlarm, resolving } from '../resolving.ts'
import { alarmWords } from '../words.ts'
import { deskDeeds } from './deeds.ts'

type At = { Params: { service: string; kind: string; id: string } }
const config = { access: 'staff' as const }

/** An alarm, with what the runbook says of it, who looks into it, and the saying of what was done, by which it ends. */
export function alarmPages(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  deskDeeds(server, deps, '/desk/work/alarms/:service/:kind/:id', async ({ view, params }) => {
    const service = oneOf(CALLING, params.service)
    if (service === undefined) return undefined
    const alarm = await readAlarm(view.clients, { service, kind: params.kind ?? '', id: params.id ?? '' })
    return alarm && resolving(view, service, alarm)
  })
  server.post<At>('/desk/work/alarms/:service/:kind/:id/acknowledgement', { config }, async (request, reply) => {
    const { view, body, params } = request
    const service = oneOf(CALLING, params.service)
    if (service === undefined) return reply.callNotFound()
    const sent = readForm(body)
    const { refused } = await attempted(() => once(deps, sent.id, () => acknowledge(view.clients, service, params.id)))
    const path = pathOf(service, params)
    if (refused === undefined) return leadTo(reply, path)
    const main = html`${refusalOf(view, refused)}<p><a class="ds-link" href="${path}">${view.say('back')}</a></p>`
    const title = alarmWords(view.language)('takeOn')
    return show(refusedWith(reply, refused), page(view, { title, main }))
  })
  // Whoever chooses another language there is led to the alarm.
  server.get<At>('/desk/work/alarms/:service/:kind/:id/acknowledgement', { config }, async ({ params }, reply) => {
    const service = oneOf(CALLING, params.service)
    return service === undefined ? reply.callNotFound() : leadTo(reply, pathOf(service, params))
  })
}
