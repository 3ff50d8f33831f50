import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { oneOf } from '../../pages/forms.ts'
import { ALL, HEARING, isWriter, ordersOfEvents, sending, trying } from '../again-deeds.ts'
import { approving, isApprovable, readProposal } from '../approval.ts'
import { readOrder } from '../order-table.ts'
import { deskDeeds } from './deeds.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What a person answers of what waits: a second person what another proposed, and that events that failed and mails that nobody took are tried again. */
export function settlePages(server: FastifyInstance, deps: Deps) {
  deskDeeds(
    server,
    deps,
    '/desk/orders/:id/approvals/:what/:proposal',
    async ({ view, params: { id = '', what = '', proposal = '' } }) => {
      if (!isApprovable(what)) return undefined
      const found = await readProposal(view, id, what, proposal)
      return found && approving(view, await answered(readOrder(view.clients, id)), what, found)
    },
  )

  deskDeeds(server, deps, '/desk/work/failed-events/:service/:aggregate', async (request) => {
    const { view, params } = request
    const service = oneOf(HEARING, params.service)
    const { aggregate = '' } = params
    if (service === undefined || !(aggregate === ALL || UUID.test(aggregate))) return undefined
    return trying(view, service, aggregate, (seen) => {
      request.found = { what: 'order', orderIds: ordersOfEvents(seen) }
    })
  })
  deskDeeds(server, deps, '/desk/work/unsent-mails/:service/:mail', async (request) => {
    const { view, params } = request
    const { service, mail = '' } = params
    if (!isWriter(service) || !(mail === ALL || UUID.test(mail))) return undefined
    return sending(view, service, mail, ({ items }) => {
      const about = items.map(({ aboutId }) => aboutId)
      request.found = { what: service === 'orders' ? 'order' : 'case', orderIds: about }
    })
  })
}
