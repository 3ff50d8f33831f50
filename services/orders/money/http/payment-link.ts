import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { readOrder } from '../../order/handle.ts'
import { toBeReserved } from '../../order/reservation.ts'
import type { PlacedOrder } from '../../order/state.ts'
import { shortagesNow } from '../../stock/stock.ts'
import { openPaymentSession } from '../jobs/open-session.ts'
import { hearOfPage } from '../page-news.ts'
import { hasEnded, isSessionPayable } from '../session.ts'
import { readSession } from '../session-store.ts'
import { check } from './payment-notifications.ts'

const PaymentParams = Type.Object({ id: Type.String({ format: 'uuid' }) })
const WAIT_MS = 5_000
/** How often it is looked whether another process has opened the page; what this one opens wakes whoever waits. */
const LOOK_EVERY_MS = 250

/** Where customers are sent to pay. The random id in the path is the only key. */
export function payments(server: Server, deps: Deps) {
  server.get(
    '/payments/:id',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'openPaymentPage',
        summary: 'Go and pay',
        description:
          'Redirects a customer to the hosted payment page of an order, as soon as the provider has opened it. If the page has ended, to another: the link is good for as long as there is something to pay and, once the goods are not kept for the order any more, for as long as there are enough of them.',
        tags: ['payments'],
        params: PaymentParams,
        response: {
          303: Type.Null({ description: 'The hosted payment page is at Location.' }),
          ...problems(400, 404, 409, 503),
        },
      },
    },
    async ({ params: { id } }, reply) => {
      const deadline = performance.now() + WAIT_MS
      let ended: string | undefined
      let opening = false
      for (;;) {
        const { status, payable, opened, paid, orderId } = await findSession(deps, id)
        if (!payable) throw httpError(409, 'payment-over', `There is nothing to pay: the order is ${status}.`)
        if (paid) {
          await check(deps, orderId, {})
          throw httpError(409, 'payment-noted', 'A payment was made already, and is being looked at.')
        }
        if (opened && !hasEnded(opened, deps.clock.now()))
          return reply.header('cache-control', 'no-store').redirect(opened.url, 303)
        // Payment pages end long before the time for paying does: who comes back is given another.
        if (opened && opened.id !== ended) {
          ended = opened.id
          await check(deps, orderId, { wanted: true })
        }
        if (performance.now() > deadline) {
          // The queue may have given up on opening it, after hours without an answer of the provider's.
          if (opened === undefined)
            await transact(deps, (trx) => deps.jobs.enqueue(trx, 'start-payment', [{ data: { operationId: id } }]))
          reply.header('retry-after', '3')
          throw httpError(
            503,
            'payment-page-not-ready',
            'The payment page is not open yet. Try again in a few seconds.',
          )
        }
        await hearOfPage(id, LOOK_EVERY_MS)
        // Whoever stands at the link does not wait behind others in the queue: opening a page twice is harmless.
        if (opened === undefined && !opening) {
          opening = true
          openPaymentSession(deps)
            .run({ operationId: id })
            .catch((error) =>
              deps.log.debug({ err: error, session: id }, 'the link could not open its page; the queue will'),
            )
        }
      }
    },
  )

  server.post(
    '/payments/:id/approval',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'approvePayment',
        summary: 'The customer approved in the widget',
        description:
          'For a front end whose widget runs on the storefront’s own page and leaves placing the order to us (Klarna Payments). Said twice it happens once; the order tells what came of it.',
        tags: ['payments'],
        params: PaymentParams,
        body: Type.Object(
          {
            approvalToken: Type.String({
              pattern: '^[\\w-]{1,255}$',
              errorMessage: 'must be a token as the widget gave it: letters, digits, hyphens and underscores',
              description: "What the widget gave: Klarna's authorization_token.",
            }),
          },
          { additionalProperties: false, title: 'Approval' },
        ),
        response: { 202: Type.Null({ description: 'Noted.' }), ...problems(400, 404, 409) },
      },
    },
    async ({ params: { id }, body: { approvalToken } }, reply) => {
      const { status, payable, opened, orderId } = await findSession(deps, id)
      if (!payable) throw httpError(409, 'payment-over', `There is nothing to pay: the order is ${status}.`)
      if (opened === undefined)
        throw httpError(409, 'payment-page-not-ready', 'There is no widget of this payment now. Load the page again.')
      const { placedBy } = deps.providers.named(opened.provider)
      if (placedBy === 'provider')
        throw httpError(409, 'approval-not-needed', 'The payment provider places this order itself.')
      await check(deps, orderId, { approvalToken })
      return reply.status(202).send(undefined as never)
    },
  )
}

/** Who comes back after the reservation has ended pays only for goods that are still there (clause 4). */
async function assertThere(db: Deps['db'], state: PlacedOrder) {
  const shortages = await shortagesNow(db, toBeReserved(state))
  if (shortages.length === 0) return
  const nameOf = (wanted: string) => state.placed.lines.find(({ sku }) => sku === wanted)!.name
  const gone = shortages.map(({ sku, wanted, available }) => `${nameOf(sku)}: ${wanted} ordered, ${available} left`)
  const detail = `The goods are not kept for the order any more, and there are not enough of them now (${gone.join('; ')}). Nothing was taken. Try again later, or order what is left.`
  throw httpError(409, 'out-of-stock', detail, { shortages })
}

async function findSession({ db }: Deps, id: string) {
  const session = await readSession(db, id)
  if (session === undefined) throw httpError(404, 'payment-unknown', 'There is no such payment.')
  const { orderId, opened, paymentId } = session
  const { state } = await readOrder(db, orderId)
  const payable = isSessionPayable(session, state)
  if (payable && paymentId === undefined) await assertThere(db, state)
  return { orderId, status: state.status, payable, opened, paid: paymentId !== undefined }
}
