import { createApp as createOrders } from '@vilkar/orders/app.ts'
import { createApp as createPrivacy } from '@vilkar/privacy/app.ts'
import { createApp as createReturns } from '@vilkar/returns/app.ts'
import { createApp as createShipping } from '@vilkar/shipping/app.ts'
import { asyncApi } from './asyncapi.ts'
import { openApi } from './openapi.ts'

/** The documents of `docs/api` by file name: the same text for the same code, with a newline at the end. */
export async function generateDocuments(): Promise<Record<string, string>> {
  const documents = {
    'orders.openapi.json': await openApi(createOrders),
    'shipping.openapi.json': await openApi(createShipping),
    'returns.openapi.json': await openApi(createReturns),
    'privacy.openapi.json': await openApi(createPrivacy),
    'events.asyncapi.json': await asyncApi(),
  }
  return Object.fromEntries(
    Object.entries(documents).map(([name, document]) => [name, `${JSON.stringify(document, null, 2)}\n`]),
  )
}
