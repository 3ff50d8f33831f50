import type { ServiceName } from './event.ts'

/** Whose events each service hears. The broker hands a service the events of these and of nobody else. */
export const listensTo: Record<ServiceName, ServiceName[]> = {
  orders: ['shipping', 'returns', 'privacy'],
  shipping: ['orders', 'returns', 'privacy'],
  returns: ['orders', 'shipping', 'privacy'],
  privacy: ['orders', 'shipping', 'returns'],
}

/** Programs of the shop's own that hear events, each by a durable of its name: the user, the stream and what of it. */
export const readers: { name: string; producer: ServiceName; filter: string }[] = [
  // What is to be sent, and what is not to be sent after all: held, stopped, sent elsewhere.
  { name: 'warehouse', producer: 'shipping', filter: 'evt.shipping.>' },
]
