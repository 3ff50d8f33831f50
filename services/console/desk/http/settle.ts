import { answered } from '@vilkar/client/client.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { pageFault } from '../../pages/faults.ts'
import { readForm } from '../../pages/forms.ts'
import { once } from '../../pages/once.ts'
import { leadTo } from '../../pages/show.ts'
import type { View } from '../../pages/view.ts'
import { type Approvable, approvables, verdicts } from '../approval.ts'

type At = { Params: { orderId: string; what: string; id: string } }
const config = { access: 'staff' as const }
const services = ['orders', 'shipping', 'returns'] as const
const mailing = ['orders', 'returns'] as const

/** What a person answers of what waits: a second person what another proposed, and that events that failed and mails that nobody took are tried again. */
export function settlePages(server: FastifyInstance, deps: Deps) {
  server.post<At>('/desk/orders/:orderId/approvals/:what/:id', { config }, async ({ view, body, params }, reply) => {
    const { orderId, id } = params
    const what = approvables.find((each) => each === params.what)
    const sent = readForm(body)
    const verdict = verdicts.find((each) => each === sent.text('verdict'))
    if (what === undefined) throw pageFault(404)
    if (verdict === undefined) throw pageFault(400)
    await once(deps, sent.id, () => settle(view, what, { id, verdict, why: sent.text('why') }))
    return leadTo(reply, `/desk/orders/${orderId}#said`)
  })

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

type Settled = { id: string; verdict: (typeof verdicts)[number]; why: string | undefined }

function settle({ clients: { returns } }: View, what: Approvable, { id, verdict, why }: Settled): Promise<unknown> {
  const asked = { params: { path: { id } }, body: { verdict, why } }
  return what === 'payout'
    ? answered(returns.PUT('/proposed-payouts/{id}/verdict', asked))
    : answered(returns.PUT('/overrides/{id}/verdict', asked))
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
