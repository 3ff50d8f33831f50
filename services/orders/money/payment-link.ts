import type { Deps } from '../deps.ts'
import { awaitsPayment } from '../order/payment.ts'
import type { StoredOrder } from '../order/state.ts'
import { newestSession } from './session-store.ts'

/** Where the customer is sent to pay: a page of ours that leads on to the provider's. Its last part is the secret. */
export const paymentUrlOf = (publicUrl: string, sessionId: string) => `${publicUrl}/payments/${sessionId}`

/** Where the customer of an order pays, and by which widget if the page is the storefront's; undefined: nothing is to pay. */
export async function findPaymentPage({ db, settings }: Pick<Deps, 'db' | 'settings'>, { id, state }: StoredOrder) {
  if (!awaitsPayment(state)) return undefined
  const session = await newestSession(db, id)
  return session && { url: paymentUrlOf(settings.publicUrl, session.id), widget: session.opened?.widget }
}
