import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { pageFault } from '../../pages/faults.ts'
import { readForm } from '../../pages/forms.ts'
import { once } from '../../pages/once.ts'
import { leadTo } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { approving, isApprovable, readProposal } from '../approval.ts'
import { readOrder } from '../order-table.ts'
import { deskDeeds } from './deeds.ts'

const config = { access: 'staff' as const }
const services = ['orders', 'shipping', 'returns'] as const
const mailing = ['orders', 'returns'] as const

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

  server.post('/desk/work/failed-events', { config }, async ({ view, body }, reply) => {
    const sent = readForm(body)
    const service = services.find((each) => each === sent.text('service'))
    if (service === undefined) throw pageFault(400)
    await once(deps, sent.id, () => revive(view, service, sent.text('aggregate')))
    return leadTo(reply, '/desk/work#dead')
  })

  server.post('/desk/work/unsent-mails', { config }, async ({ view, body }, reply) => {
    const sent = readForm(body)
    const service = mailing.find((each) => each === sent.text('service'))
    if (service === undefined) throw pageFault(400)
    await once(deps, sent.id, () => sendAgain(view, service, sent.text('mail')))
    return leadTo(reply, '/desk/work#unsent')
  })
}

function revive({ clients }: View, service: (typeof services)[number], aggregateId: string | undefined) {
  const asked = { body: { aggregateId } }
  const { orders, shipping, returns } = clients
  if (service === 'orders') return answered(orders.POST('/dead-letters/revival', asked))
  if (service === 'shipping') return answered(shipping.POST('/dead-letters/revival', asked))
  return answered(returns.POST('/dead-letters/revival', asked))
}

function sendAgain(
  { clients: { orders, returns } }: View,
  service: (typeof mailing)[number],
  mailId: string | undefined,
) {
  const asked = { body: { mailId } }
  return service === 'orders'
    ? answered(orders.POST('/mails/unsent/retry', asked))
    : answered(returns.POST('/mails/unsent/retry', asked))
}
