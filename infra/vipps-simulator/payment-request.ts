import type { Amount, PaymentRequest } from './payment.ts'

/** Of the ePayment API (v1): the schemas CreatePaymentRequest, Amount, Reference and Metadata. */
const MAX_AMOUNT = 65_000_000
const CURRENCIES = new Set(['NOK', 'DKK', 'EUR'])
/** The sales unit is registered in Norway, and Vipps wants the currency of that country: "Across borders" in its documents. */
const SALES_UNIT_CURRENCY = 'NOK'
const REFERENCE = /^[a-zA-Z0-9-]{8,50}$/
const MAX_PAIRS = 5
const MAX_NAME = 100
const MAX_VALUE = 500
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/

type Unchecked = Record<string, unknown>

/** A request to create a payment, or what is wrong with it as a sentence. Only WEB_REDIRECT with a wallet is simulated. */
export function checkedPayment(body: Unchecked): PaymentRequest | string {
  const { amount, reference, returnUrl, userFlow, paymentMethod, paymentDescription, metadata } = body
  if (!isAmount(amount) || amount.value === 0) return 'amount must be a whole number of minor units with a currency.'
  if (amount.currency !== SALES_UNIT_CURRENCY)
    return `amount.currency must be the sales unit's, ${SALES_UNIT_CURRENCY}.`
  if (typeof reference !== 'string' || !REFERENCE.test(reference)) return `reference must match ${REFERENCE}.`
  if (userFlow !== 'WEB_REDIRECT') return 'userFlow must be WEB_REDIRECT, the only one that is simulated.'
  if ((paymentMethod as Unchecked | undefined)?.type !== 'WALLET') return 'paymentMethod.type must be WALLET.'
  if (!isReturnUrl(returnUrl)) return 'returnUrl must begin with https:// (or lead to this machine).'
  const text = paymentDescription ?? 'none'
  if (typeof text !== 'string' || text.length < 3 || text.length > 100) {
    return 'paymentDescription must have 3 to 100 characters.'
  }
  if (!isMetadata(metadata)) return 'metadata must be at most 5 short texts.'
  return {
    reference,
    amount,
    returnUrl,
    metadata,
    ...(paymentDescription !== undefined && { paymentDescription: text }),
  }
}

/** Whether this is an amount, in minor units, that Vipps takes. */
export function isAmount(amount: unknown): amount is Amount {
  const { value, currency } = (amount ?? {}) as Unchecked
  const whole = Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_AMOUNT
  return whole && typeof currency === 'string' && CURRENCIES.has(currency)
}

/** Vipps takes https and addresses of apps; a shop on the same machine may do without. */
function isReturnUrl(value: unknown): value is string {
  const url = typeof value === 'string' ? URL.parse(value) : null
  return url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname)))
}

function isMetadata(metadata: unknown) {
  if (metadata === undefined || metadata === null) return true
  if (typeof metadata !== 'object') return false
  const pairs = Object.entries(metadata)
  return (
    pairs.length <= MAX_PAIRS &&
    pairs.every(([name, value]) => name.length <= MAX_NAME && typeof value === 'string' && value.length <= MAX_VALUE)
  )
}
