import { idempotencyKey } from '@vilkar/payments/idempotency-key.ts'
import type { Intent, PaymentProvider, Reconciled, Result } from '@vilkar/payments/port.ts'
import type { Deps } from '../deps.ts'
import type { StoredOrder } from '../order/state.ts'
import { newlyReleased, sumsOfPayment } from './ledger.ts'
import type { Candidate, Operation } from './operation.ts'
import { changeOperation, lockOperation } from './operation-store.ts'
import { type Execution, paymentOf } from './outcome.ts'
import { portionLines } from './portions.ts'
import { type Claim, underClaim } from './sending-claim.ts'

/**
 * A claimed operation, its order as it was then, and the provider that holds its payment. `wasSent`: its outcome was open
 * when it was claimed; `wasTried`: it was sent before in this attempt, whatever was answered.
 */
export type Sending = {
  operation: Operation
  order: StoredOrder
  provider: PaymentProvider
  wasSent: boolean
  wasTried: boolean
}
type Claimed = Sending & { claim: Claim }
type Sent = Result<Execution>
type Ambiguous = { kind: 'ambiguous'; candidates: Candidate[] }
/** What came of it: done, declined, without an answer, or books that can be read in two ways. */
export type Outcome = Sent | Ambiguous

/** Sends the operation, or finds out first what became of an earlier try: money never moves twice. No transaction is open. */
export function callProvider(deps: Deps, sending: Sending): Promise<Outcome> {
  return underClaim(deps, sending.operation, (claim): Promise<Outcome> => {
    const claimed = { ...sending, claim }
    if (!sending.wasTried) return send(deps, claimed)
    return sending.wasSent ? reconcileThenSend(deps, claimed) : sendThenReconcile(deps, claimed)
  })
}

/** What every call to the provider is told about the operation. */
function askOf(operation: Operation, order: StoredOrder) {
  const { id, kind, amount, attempt, firstSentAt, currency } = operation
  const intent: Intent = {
    intentId: id,
    attempt,
    idempotencyKey: idempotencyKey({ op: kind, intentId: id, amount, attempt }),
    firstSentAt: firstSentAt === undefined ? null : Temporal.Instant.from(firstSentAt),
  }
  return { intent, paymentId: paymentOf(operation, order), amount: { amount, currency } }
}

async function send({ db }: Deps, { operation, order, provider, claim }: Claimed): Promise<Sent> {
  claim.assertHeld()
  const ask = askOf(operation, order)
  const { kind, portion, parcel } = operation
  switch (kind) {
    case 'capture':
      return provider.capture({ ...ask, lines: portionLines(order.state.placed, portion!), shipment: parcel })
    case 'refund':
      return provider.refund({ ...ask, lines: portionLines(order.state.placed, portion!) })
    case 'release': {
      const result = await provider.release(ask)
      if (result.kind !== 'ok') return result
      // Nothing let go now may mean that it was let go before, by a call whose answer was lost: the books tell.
      const books = await provider.read(ask.paymentId)
      if (books.kind !== 'ok') return books
      const released = newlyReleased(books.value, await sumsOfPayment(db, order.id, ask.paymentId))
      return { kind: 'ok', value: { providerId: null, released } }
    }
    case 'extend': {
      const result = await provider.extend(ask)
      return result.kind === 'ok'
        ? { kind: 'ok', value: { providerId: null, expiresAt: result.value.expiresAt } }
        : result
    }
  }
}

/** Sends again only what the provider's books, read late enough, do not show. */
async function reconcileThenSend(deps: Deps, sending: Claimed): Promise<Outcome> {
  const before = await reconcile(deps, sending)
  if (before !== 'not-executed') return before
  await noteSending(deps, sending)
  return sendThenReconcile(deps, sending)
}

/**
 * Sends what was tried before. A refusal is believed only if the provider's books do not show it: an earlier try's own
 * success may have been in the way, whatever was answered to that, be it that we were to wait.
 */
async function sendThenReconcile(deps: Deps, sending: Claimed): Promise<Outcome> {
  const result = await send(deps, sending)
  if (result.kind !== 'declined') return result
  const after = await reconcile(deps, { ...sending, operation: { ...sending.operation, lastSentAt: undefined } })
  return after === 'not-executed' ? result : after
}

/** Written down before it is sent once more. Throws when somebody else went on with the operation meanwhile. */
const noteSending = (deps: Deps, { operation: { id, paymentId, attempt } }: Claimed) =>
  deps.db.transaction().execute(async (trx) => {
    const { operation } = (await lockOperation(trx, id))!
    if (operation.status !== 'sent' || operation.attempt !== attempt)
      throw new Error(`Another worker has taken operation ${id} further.`)
    const data = { at: deps.clock.now().toString(), paymentId: paymentId!, anew: true } as const
    await changeOperation(trx, operation, { type: 'SendOperation', data }, { claims: true })
  })

async function reconcile(
  deps: Deps,
  { operation, order, provider }: Sending,
): Promise<Sent | Ambiguous | 'not-executed'> {
  const { db } = deps
  const ask = askOf(operation, order)
  const booked = await db
    .selectFrom('ledger_entry')
    .select('provider_id')
    .where('order_id', '=', order.id)
    .where('provider_id', 'is not', null)
    .execute()
  const account = await db
    .selectFrom('payment_account')
    .select('expires_at')
    .where('order_id', '=', order.id)
    .executeTakeFirst()
  const result = await provider.reconcile({
    ...ask,
    op: operation.kind,
    claimed: new Set(booked.map(({ provider_id }) => provider_id!)),
    ...(operation.lastSentAt && { lastSentAt: Temporal.Instant.from(operation.lastSentAt) }),
    ...(account?.expires_at && { expiresAt: Temporal.Instant.from(account.expires_at) }),
  })
  if (result.kind !== 'ok') return result
  const { value } = result
  if (value.verdict === 'not_executed') return 'not-executed'
  if (value.verdict === 'ambiguous') return { kind: 'ambiguous', candidates: value.candidates }
  return { kind: 'ok', value: await executionOf(deps, ask.paymentId, order.id, value) }
}

async function executionOf(
  { db }: Deps,
  paymentId: string,
  orderId: string,
  { providerId, snapshot }: Reconciled & { verdict: 'executed' },
): Promise<Execution> {
  const released = newlyReleased(snapshot, await sumsOfPayment(db, orderId, paymentId))
  return { providerId, released, ...(snapshot.expiresAt && { expiresAt: snapshot.expiresAt }) }
}
