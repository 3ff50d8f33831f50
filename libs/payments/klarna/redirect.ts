import { ok, replied } from '../answer.ts'
import type { RedirectInput, Result } from '../port.ts'
import type { Klarna } from './context.ts'
import { orderPath } from './orders.ts'
import { failure } from './outcome.ts'

/**
 * Tells where the goods go now: PATCH …/customer-details, of the shipping address alone, since Klarna changes no billing address any
 * more; and no telephone, which payment can do without (GDPR Art. 5(1)(c)). Klarna judges the customer anew and may refuse with 403 (docs.klarna.com, "Update customer address").
 */
export async function redirect(klarna: Klarna, input: RedirectInput): Promise<Result<object>> {
  const { paymentId, intent, address, signal } = input
  const { street, postalCode, city, country } = address
  const shipping_address = {
    ...namesIn(address.name),
    street_address: street,
    postal_code: postalCode,
    city,
    country,
  }
  const answer = await klarna.send({
    method: 'PATCH',
    path: `${orderPath(paymentId)}/customer-details`,
    key: intent.idempotencyKey,
    body: { shipping_address },
    signal,
  })
  return replied(answer, 204) === null ? failure(answer, klarna.now()) : ok({})
}

/** The last word of a name is the family's, as far as one field tells; a name of one word is left as Klarna has it. */
function namesIn(name: string) {
  const words = name.trim().split(/\s+/)
  return words.length < 2 ? {} : { given_name: words.slice(0, -1).join(' '), family_name: words.at(-1)! }
}
