import { idempotencyKey } from '@vilkar/payments/idempotency-key.ts'
import type { StartInput } from '@vilkar/payments/port.ts'
import type { Job } from '@vilkar/server/jobs.ts'
import { transact } from '@vilkar/server/transact.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { raiseAlarm, resolveMoneyAlarms } from '../../alarms/alarms.ts'
import type { Deps } from '../../deps.ts'
import { handle, readOrder } from '../../order/handle.ts'
import type { StoredOrder } from '../../order/state.ts'
import { tellOfPage } from '../page-news.ts'
import { paymentLines, portionLines } from '../portions.ts'
import { isSessionPayable, type PaymentSession } from '../session.ts'
import { changeSession, lockSession, readSession } from '../session-store.ts'

/**
 * Opens the provider's payment session of an order. Repeating it is harmless: an unused session just runs out. The queue and
 * `operationId`, which is the session's id, keep the names that they had: jobs of an earlier version may wait.
 */
export const openPaymentSession = (deps: Deps): Job<{ operationId: string }> => ({
  name: 'start-payment',
  concurrency: 16,
  mergeBy: ({ operationId }) => operationId,
  async run({ operationId }) {
    const { db, providers } = deps
    const session = await readSession(db, operationId)
    if (session === undefined) throw new Error(`There is no payment session ${operationId}.`)
    const order = await readOrder(db, session.orderId)
    if (session.status !== 'planned' || !isSessionPayable(session, order.state)) return
    const provider = providers.currentFor(sellerOf(order.state.placed.terms.edition).id)
    const result = await provider.start(requestOf(deps, provider.name, session, order))
    if (result.kind === 'declined') {
      deps.log.error({ orderId: order.id, result }, 'the provider refused to open a payment session')
      return recordRefused(deps, session, result)
    }
    if (result.kind !== 'ok') throw new Error(`The payment session could not be opened: ${result.kind}`)
    const { sessionId: id, url, expiresAt, widget, request } = result.value
    const opened = { provider: provider.name, id, url, expiresAt: expiresAt?.toString() ?? null, widget }
    await deps.together(order.id, async (trx) => {
      const locked = await lockSession(trx, session)
      // A session that nobody needs any more was told to nobody: it runs out.
      if (!isSessionPayable(locked.session, locked.order.state)) return
      const data = { attempt: session.attempt, opened, request }
      const { changed } = await changeSession(trx, locked.session, { type: 'RecordOpened', data })
      if (changed) await resolveMoneyAlarms(trx, order.id, deps.clock.now().toString())
    })
    tellOfPage(session.id)
  },
})

function requestOf(
  { settings }: Deps,
  providerName: string,
  session: PaymentSession,
  { id, state, personal }: StoredOrder,
) {
  const { placed } = state
  const { number } = placed
  const { id: intentId, amount, attempt, portion } = session
  // Of an order of which some was taken, never leaves or is claimed, only the rest is asked for.
  const isWhole = portion === undefined || amount === placed.totals.total
  const lines = isWhole ? paymentLines(placed) : portionLines(placed, portion)
  return {
    intent: {
      intentId,
      attempt,
      idempotencyKey: idempotencyKey({ op: 'start', intentId, amount, attempt }),
      firstSentAt: null,
    },
    orderId: id,
    orderNumber: number,
    total: { amount, currency: placed.currency },
    tax: lines.reduce((sum, { tax }) => sum + tax, 0),
    lines,
    country: placed.country,
    language: placed.locale,
    urls: {
      success: `${settings.storefrontUrl}/orders/${number}/paid`,
      cancel: `${settings.storefrontUrl}/orders/${number}/unpaid`,
      notification: `${settings.publicUrl}/payments/${providerName}/notifications/${intentId}`,
      checkout: `${settings.storefrontUrl}/orders/${number}/pay`,
      terms: `${settings.publicUrl}/terms/${placed.terms.edition}?locale=${placed.locale}&format=html`,
    },
    customer: { email: personal.email },
  } satisfies StartInput
}

/** A refusal here is our own mistake in the cart; the customer must not wait for a page that never comes. */
const recordRefused = (deps: Deps, session: PaymentSession, result: { reason?: string }) =>
  transact(deps, async (trx) => {
    const locked = await lockSession(trx, session)
    if (!isSessionPayable(locked.session, locked.order.state)) return
    const refused = { type: 'RecordRefused', data: { attempt: session.attempt, result } } as const
    if (!(await changeSession(trx, locked.session, refused)).changed) return
    const { id: orderId } = locked.order
    const at = deps.clock.now().toString()
    const data = { orderId, at, cause: 'payment-failed' } as const
    const { events } = await handle(trx, { type: 'FailPayment', data }, deps, locked.order)
    if (events.length > 0) return
    // An order that stands does not end by it: somebody must see to it that the customer can pay again.
    const { id: operationId, amount, currency } = session
    const detail = { operationId, operation: 'start', amount, currency, reason: result.reason }
    await raiseAlarm(trx, { orderId, kind: 'payment-declined-operation', detail, at }, deps.log)
  })
