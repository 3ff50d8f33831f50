import { inTraceOf } from '@vilkar/messaging/outbox/traces.ts'
import type { Notification } from '@vilkar/payments/port.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import type { Hint } from '../jobs/check-payment.ts'
import { ProviderKey } from '../providers.ts'
import { readSession, sessionAt } from '../session-store.ts'

const description = 'A hint, never believed: the truth is read from the provider by a job.'
const answered = { 202: Type.Null({ description: 'Noted.' }) }

/**
 * Where payment providers call back. A call is noted in milliseconds and moves nothing by itself. Its body is taken as it
 * came: it may be signed, empty, or anything that a stranger sends.
 */
export function paymentNotifications(server: Server, deps: Deps) {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

    scope.post<{ Params: { provider: string; id: string } }>(
      '/payments/:provider/notifications/:id',
      {
        config: { access: 'public' },
        schema: {
          operationId: 'tellOfPayment',
          summary: 'The payment provider says that something changed about a payment',
          description: `${description} The random id in the path is the only key.`,
          tags: ['payments'],
          params: Type.Object({ provider: ProviderKey, id: Type.String({ format: 'uuid' }) }),
          response: { ...answered, ...problems(400, 404) },
        },
      },
      async (request, reply) => {
        const { id, provider } = request.params
        const session = await readSession(deps.db, id)
        if (session === undefined) throw httpError(404, 'payment-unknown', 'There is no such payment.')
        const { paymentId, approvalToken } = heard(deps, provider, request) ?? {}
        await check(deps, session.orderId, { paymentId, approvalToken })
        return reply.status(202).send()
      },
    )

    scope.post<{ Params: { provider: string } }>(
      '/payments/:provider/notifications',
      {
        config: { access: 'public' },
        schema: {
          operationId: 'tellOfPayments',
          summary: 'The payment provider says that something changed about one of our payments',
          description: `${description} For providers that know one address of ours, such as Vipps MobilePay, which signs its calls. One that is not signed, or names nothing of ours, is answered alike and does nothing.`,
          tags: ['payments'],
          params: Type.Object({ provider: ProviderKey }),
          response: { ...answered, ...problems(400, 404) },
        },
      },
      async (request, reply) => {
        const { provider } = request.params
        const { sessionId, ...hint } = heard(deps, provider, request) ?? {}
        const session = sessionId === undefined ? undefined : await sessionAt(deps.db, provider, sessionId)
        if (session !== undefined) await check(deps, session.orderId, hint)
        return reply.status(202).send()
      },
    )
  })
}

type Called = Pick<Notification, 'url' | 'headers'> & { body: unknown }

/** What the provider's adapter makes of a call, by the address at which the provider knows us. */
function heard({ providers, settings }: Deps, name: string, { url, headers, body }: Called) {
  return adapterOf(providers, name).parseNotification({
    url: `${settings.publicUrl}${url}`,
    headers,
    body: typeof body === 'string' ? body : '',
  })
}

function adapterOf(providers: Deps['providers'], name: string) {
  try {
    return providers.named(name)
  } catch {
    throw httpError(404, 'provider-unknown', `This shop does not work with ${name}.`)
  }
}

/**
 * Has a job read what the provider says about the payment of an order. Whoever hints at it knows nothing of the order's trace, which
 * the job goes on with.
 */
export const check = (deps: Deps, orderId: string, hint: Hint) =>
  inTraceOf(deps.db, orderId, 'hint of a payment', () => ask(deps, orderId, hint))

const ask = (deps: Deps, orderId: string, hint: Hint) =>
  deps.together(orderId, (trx) => deps.jobs.enqueue(trx, 'check-payment', [{ data: { orderId, hint } }]))
