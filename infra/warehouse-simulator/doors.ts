import { answered, createClients, isProblemError } from '@vilkar/client/client.ts'
import type { Answer, Doors } from './work.ts'

const REFUSED = new Set([404, 409])

type Options = { shipping: string; token(): Promise<string> }

/** Shipping over HTTP, as the typed client has it. */
export function openShipping({ shipping, token }: Options) {
  // Of the other services nothing is asked.
  const urls = { shipping } as Parameters<typeof createClients>[0]['urls']
  return createClients({ urls, token }).shipping
}
export type Shipping = ReturnType<typeof openShipping>

/** The doors by which a warehouse tells what it did. */
export function doorsOf(shipping: Shipping): Doors {
  const path = (id: string) => ({ params: { path: { id } } })
  return {
    accept: (id) => taken(answered(shipping.PUT('/shipments/{id}/acceptance', path(id)))),
    pack: (id, body) => taken(answered(shipping.PUT('/shipments/{id}/packing', { ...path(id), body }))),
    dispatch: (id, body) => taken(answered(shipping.PUT('/shipments/{id}/dispatch', { ...path(id), body }))),
  }
}

async function taken(call: Promise<unknown>): Promise<Answer> {
  try {
    await call
    return 'taken'
  } catch (error) {
    if (!isProblemError(error) || !REFUSED.has(error.problem.status)) throw error
    return error.problem.type.endsWith('/units-recalled') ? 'recalled' : 'refused'
  }
}
