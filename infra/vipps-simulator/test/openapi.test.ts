import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import t from 'tap'
import { parse } from 'yaml'
import { CREDENTIALS, openShop, success } from './shop.ts'

const { VIPPS_OPENAPI_FILE: file } = process.env

type Document = { components: { schemas: Record<string, { required?: string[]; properties?: object }> } }

/** Whether something is what the schema of that name in Vipps' own document says. */
function openDocument(path: string) {
  const document: Document = parse(readFileSync(path, 'utf8'))
  const { CreatePaymentRequest, PaymentEvent } = document.components.schemas
  // It refers to a file elsewhere, and requires a field that no event has.
  Reflect.deleteProperty(CreatePaymentRequest?.properties ?? {}, 'receipt')
  PaymentEvent!.required = PaymentEvent!.required?.filter((name) => name !== 'paymentAction')
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false })
  formats.default(ajv)
  ajv.addSchema(document, 'vipps')
  return (name: string, value: unknown) => {
    const validate = ajv.compile({ $ref: `vipps#/components/schemas/${name}` })
    assert.ok(validate(value), `${name}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(value)}`)
  }
}

const REQUESTS: [RegExp, string][] = [
  [/\/payments$/, 'CreatePaymentRequest'],
  [/\/capture$/, 'CaptureModificationRequest'],
  [/\/refund$/, 'RefundModificationRequest'],
]

t.test(
  'what the adapter sends and what the simulator answers is what Vipps’ own document says',
  {
    skip: file === undefined && 'VIPPS_OPENAPI_FILE does not name the document.',
  },
  async (t) => {
    const isValid = openDocument(file!)
    const { simulator, vipps, order, move, intent } = await openShop(t)
    const input = order(19_900)
    const { sessionId } = success(await vipps.start(input))
    simulator.approve(sessionId)
    const capture = move('capture', sessionId, 10_000)
    success(await vipps.capture(capture))
    success(await vipps.refund(move('refund', sessionId, 1_000)))
    t.equal((await vipps.capture(move('capture', sessionId, 10_000))).kind, 'declined')
    success(await vipps.release({ paymentId: sessionId, intent: intent('release', 0) }))

    let validated = 0
    for (const { method, path, body, key } of simulator.journal()) {
      const name = REQUESTS.find(([pattern]) => pattern.test(path))?.[1]
      if (method !== 'POST' || name === undefined) continue
      isValid(name, body)
      t.match(key ?? '', /^.{1,50}$/)
      validated += 1
    }
    t.equal(validated, 4)

    const identity = {
      'ocp-apim-subscription-key': CREDENTIALS.subscriptionKey,
      'merchant-serial-number': CREDENTIALS.merchantSerialNumber,
    }
    const ask = async (method: string, path: string, headers: object, body?: object) => {
      const response = await fetch(`${simulator.url}${path}`, {
        method,
        headers: { ...identity, ...headers },
        body: body === undefined ? null : JSON.stringify(body),
      })
      return (await response.json()) as Record<string, unknown>
    }
    const secrets = { client_id: CREDENTIALS.clientId, client_secret: CREDENTIALS.clientSecret }
    const { access_token } = await ask('POST', '/accesstoken/get', secrets)
    const authorization = `Bearer ${access_token}`
    const at = `/epayment/v1/payments/${sessionId}`
    isValid('GetPaymentResponse', await ask('GET', at, { authorization }))
    const events = await ask('GET', `${at}/events`, { authorization })
    assert.ok(Array.isArray(events) && events.length === 6)
    for (const event of events) isValid('PaymentEvent', event)
    const key = { authorization, 'idempotency-key': capture.intent.idempotencyKey }
    const again = { modificationAmount: { value: 10_000, currency: 'NOK' } }
    isValid('ModificationResponse', await ask('POST', `${at}/capture`, key, again))
    isValid('Problem', await ask('POST', `${at}/cancel`, { authorization, 'idempotency-key': 'another' }))
  },
)
