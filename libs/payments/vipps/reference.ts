const REFERENCE = /^[a-zA-Z0-9-]{8,50}$/

/** Whether Vipps takes this as a payment's reference, which is ours to choose (ePayment API, schema Reference). */
export const isReference = (value: unknown): value is string => typeof value === 'string' && REFERENCE.test(value)

/** Where the payment of a reference is. */
export const paymentPath = (reference: string) => `/epayment/v1/payments/${encodeURIComponent(reference)}`
