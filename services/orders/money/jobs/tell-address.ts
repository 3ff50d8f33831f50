import { idempotencyKey } from '@vilkar/payments/idempotency-key.ts'
import type { Result } from '@vilkar/payments/port.ts'
import type { Job } from '@vilkar/server/jobs.ts'
import { transact } from '@vilkar/server/transact.ts'
import { raiseAlarm, resolveAlarm } from '../../alarms/alarms.ts'
import type { Deps } from '../../deps.ts'
import { newestChange } from '../../order/address.ts'
import { readOrder } from '../../order/handle.ts'

/**
 * Tells who holds the money that the goods go elsewhere than was paid for: a provider's protection of the seller may be for the
 * address that it knows. Repeating it is harmless. A refusal stops nothing, but a person hears of it.
 */
export const tellAddress = (deps: Deps): Job<{ orderId: string }> => ({
  name: 'tell-address',
  mergeBy: ({ orderId }) => orderId,
  async run({ orderId }) {
    // The address may change once more while this one is told: the newest is told last.
    for (let told: string | undefined, next = await newest(deps, orderId); next?.requestId !== told; ) {
      if (next === undefined) return
      const result = await tell(deps, next)
      if (result.kind !== 'ok' && result.kind !== 'declined')
        throw new Error(`The payment provider was not told of the address: ${result.kind}`)
      await note(deps, orderId, next.requestId, result)
      told = next.requestId
      next = await newest(deps, orderId)
    }
  },
})

/** The change of address that the provider is to know of; none while nothing is held, or when the order is over. */
async function newest({ db }: Deps, orderId: string) {
  const { state, personal } = await readOrder(db, orderId)
  const { payment, status } = state
  const change = newestChange(state)
  if (change === undefined || status === 'cancelled' || payment === undefined || payment.expiredAt !== undefined)
    return undefined
  return { requestId: change.requestId, address: personal.shippingAddress, payment }
}

function tell({ providers }: Deps, { requestId, address, payment }: NonNullable<Awaited<ReturnType<typeof newest>>>) {
  const intent = { intentId: requestId, attempt: 1, firstSentAt: null }
  const key = idempotencyKey({ ...intent, op: 'redirect', amount: 0 })
  const { paymentId, provider } = payment
  return providers.named(provider).redirect({ paymentId, intent: { ...intent, idempotencyKey: key }, address })
}

const note = (deps: Deps, orderId: string, requestId: string, result: Result<object>) =>
  transact(deps, async (trx) => {
    const about = { orderId, kind: 'address-not-told', at: deps.clock.now().toString() } as const
    // Where no address is kept with a payment, none is protected.
    if (result.kind === 'ok' || (result.kind === 'declined' && result.reason === 'not_supported'))
      return resolveAlarm(trx, { ...about, resolution: 'The payment provider knows the address.' })
    if (result.kind !== 'declined') return
    await raiseAlarm(trx, { ...about, detail: { requestId, reason: result.reason } }, deps.log)
  })
