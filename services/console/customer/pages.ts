import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { ask } from './http/ask.ts'
import { cases } from './http/cases.ts'
import { confirm } from './http/confirm.ts'
import { damage } from './http/damage.ts'
import { exchange } from './http/exchange.ts'
import { myData } from './http/my-data.ts'
import { order } from './http/order.ts'
import { parcels } from './http/parcels.ts'
import { receipt } from './http/receipt.ts'
import { withdraw } from './http/withdraw.ts'
import { withdrawByLink } from './http/withdraw-by-link.ts'
import { readPictures } from './photos.ts'

/** All pages for customers. Links stand in their addresses, which no other site is told. */
export async function customerPages(
  server: FastifyInstance,
  deps: Pick<Deps, 'db' | 'clock' | 'config' | 'clientsOf'>,
) {
  await server.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.header('referrer-policy', 'no-referrer')
    })
    await readPictures(scope)
    withdraw(scope)
    confirm(scope)
    receipt(scope)
    order(scope, deps)
    myData(scope, deps)
    withdrawByLink(scope, deps)
    ask(scope, deps)
    exchange(scope)
    cases(scope, deps)
    parcels(scope, deps)
    damage(scope, deps)
  })
}
