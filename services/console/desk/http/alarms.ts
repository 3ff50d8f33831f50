import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { oneOf } from '../../pages/forms.ts'
import { CALLING, readAlarm, resolving } from '../resolving.ts'
import { deskDeeds } from './deeds.ts'

/** An alarm, with what the runbook says of it, and the saying of what was done, by which it ends. */
export function alarmPages(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  deskDeeds(server, deps, '/desk/work/alarms/:service/:kind/:id', async ({ view, params }) => {
    const service = oneOf(CALLING, params.service)
    if (service === undefined) return undefined
    const alarm = await readAlarm(view.clients, { service, kind: params.kind ?? '', id: params.id ?? '' })
    return alarm && resolving(view, service, alarm)
  })
}
