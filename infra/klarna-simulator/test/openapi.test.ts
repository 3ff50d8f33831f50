import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import t, { type Test } from 'tap'
import { goods, openShop, type Shop, success } from './shop.ts'

/**
 * A folder with Klarna's own OpenAPI documents, which are not ours to keep here. Without it the simulator's own checks
 * (cart-check.ts, movement-check.ts) are what the adapter is held to.
 */
const { KLARNA_OPENAPI_DIR: folder } = process.env
const skip = folder === undefined ? 'KLARNA_OPENAPI_DIR names no folder with the documents of Klarna' : false

type Json = { [name: string]: unknown }
type Operation = {
  requestBody?: { content?: Record<string, { schema?: Json }> }
  responses?: Record<string, { content?: Record<string, { schema?: Json }> }>
}
type Document = Json & { paths: Record<string, Record<string, Operation>> }

/** The document, made strict: what it does not name is not allowed, and neither is what only Klarna writes. */
function strictDocument(name: string) {
  const text = readFileSync(join(folder ?? '', name), 'utf8')
  return JSON.parse(text, (name, value) => {
    // One document writes the choices of an enum as one text.
    if (name === 'enum' && Array.isArray(value)) return value.flatMap((choice) => String(choice).split('|'))
    if (typeof value?.properties !== 'object' || value.type === undefined) return value
    const written = Object.entries(value.properties as Record<string, Json>).filter(([, { readOnly }]) => !readOnly)
    return { ...value, properties: Object.fromEntries(written), additionalProperties: false }
  }) as Document
}

const pointer = (...parts: string[]) =>
  `#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`

/** Checks bodies against a document. Its patterns and formats are Java's and only told to people, so the latter are left. */
function checker(name: string) {
  const document = strictDocument(name)
  const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true })
  ajv.addSchema(document, name)
  const templates = Object.keys(document.paths ?? {}).map((template) => ({
    template,
    path: new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }))
  return {
    /** Why a request is not as the document says; null when it is, undefined when the document has no such operation. */
    request(method: string, path: string, body: unknown) {
      const template = templates.find((known) => known.path.test(path))?.template
      const operation = document.paths[template ?? '']?.[method.toLowerCase()]
      if (template === undefined || operation === undefined) return undefined
      if (operation.requestBody === undefined)
        return Object.keys(body as object).length === 0 ? null : 'It has no body.'
      const [media = ''] = Object.keys(operation.requestBody.content ?? {})
      const at = pointer('paths', template, method.toLowerCase(), 'requestBody', 'content', media, 'schema')
      return ajv.validate({ $ref: `${name}${at}` }, body) ? null : ajv.errorsText()
    },
    /** Why something is not as a schema of the document says, or null. */
    component(schema: string, value: unknown) {
      return ajv.validate({ $ref: `${name}${pointer('components', 'schemas', schema)}` }, value)
        ? null
        : ajv.errorsText()
    },
  }
}

/** Everything that the adapter can ask, asked. */
async function everything(shop: Shop) {
  const { klarna, intent, move, paid, order } = shop
  const shipping = { ...goods(9_900), kind: 'shipping_fee' as const, reference: 'shipping', name: 'Shipping' }
  const off = { ...goods(-5_000), kind: 'discount' as const, reference: 'autumn', name: 'Discount' }
  const fee = { ...goods(-500), kind: 'return_fee' as const, reference: 'return', name: 'Return fee' }
  success(await klarna.start(order([goods(20_000, 2), shipping, off])))
  const { sessionId } = success(await klarna.start(order([goods(100)])))
  success(await klarna.readSession(sessionId))
  success(await klarna.closeSession(sessionId))

  const paymentId = await paid(10_000)
  success(await klarna.acknowledge({ paymentId, orderNumber: 'V-3', intent: intent('acknowledge', 0) }))
  success(await klarna.extend({ paymentId, intent: intent('extend', 0) }))
  const shipment = { carrier: 'Posten', trackingNumber: '37000' }
  success(await klarna.capture({ ...move('capture', paymentId, 4_000), shipment }))
  success(await klarna.refund({ ...move('refund', paymentId, 3_500), lines: [goods(4_000), fee] }))
  success(await klarna.release({ paymentId, intent: intent('release', 0) }))
  success(await klarna.release({ paymentId: await paid(100), intent: intent('release', 0) }))
  return paymentId
}

async function placed({ klarna, order, simulator, intent }: Shop) {
  const { sessionId, request = '' } = success(await klarna.start(order([goods(100)])))
  await klarna.readSession(sessionId)
  const approvalToken = simulator.authorize(sessionId).authorization_token
  success(await klarna.authorise({ intent: intent('authorise', 100), approvalToken, request }))
  const second = success(await klarna.start(order([goods(100)])))
  simulator.authorize(second.sessionId)
  success(await klarna.closeSession(second.sessionId))
}

t.test('what the adapter sends is what Klarna’s own documents describe', { skip }, async (t: Test) => {
  const checkers = ['ordermanagement', 'payments-v1', 'hpp-v1'].map((name) => checker(`${name}.openapi.json`))
  const shop = await openShop(t)
  const paymentId = await everything(shop)
  const payments = await openShop(t, { frontEnd: 'payments' })
  await placed(payments)

  const asked = new Set<string>()
  for (const { method, path, body } of [...shop.simulator.journal(), ...payments.simulator.journal()]) {
    const said = checkers.map(({ request }) => request(method, path, body)).find((problem) => problem !== undefined)
    t.equal(said, null, `${method} ${path} ${JSON.stringify(body)}`)
    asked.add(`${method} ${path.replaceAll(/[0-9a-f-]{36}/g, '{id}')}`)
  }
  t.equal(asked.size, 15, [...asked].sort().join('\n'))
  const captures = `/ordermanagement/v1/orders/${paymentId}/captures`
  t.equal(checkers[0]?.request('POST', captures, { captured_amount: 1 }), null)
  t.match(checkers[0]?.request('POST', captures, { captured_amount: 1, amount: 1 }) ?? '', /additional properties/)

  const { body } = await shop.raw('GET', `/ordermanagement/v1/orders/${paymentId}`)
  t.equal(checkers[0]?.component('MerchantOrderDto', body), null)
})

t.test('what the adapter sends to Kustom is what its document describes', { skip }, async (t: Test) => {
  const kustom = checker('checkout-v3-kustom.openapi.json')
  const shop = await openShop(t, { frontEnd: 'kustom' })
  success(await shop.klarna.start(shop.order([goods(100)])))
  const sent = shop.simulator.journal().filter(({ method }) => method === 'POST')
  t.equal(sent.length, 1)
  for (const { body } of sent) t.equal(kustom.component('order', body), null)
})
