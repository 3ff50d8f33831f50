import type { FastifyInstance } from 'fastify'
import { confirm } from './http/confirm.ts'
import { receipt } from './http/receipt.ts'
import { withdraw } from './http/withdraw.ts'

/** All pages for customers. Links stand in their addresses, which no other site is told. */
export async function customerPages(server: FastifyInstance) {
  await server.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.header('referrer-policy', 'no-referrer')
    })
    withdraw(scope)
    confirm(scope)
    receipt(scope)
  })
}
