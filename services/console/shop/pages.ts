import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { createMachine } from '../sign-in/machine.ts'
import { address } from './http/address.ts'
import { basket } from './http/basket.ts'
import { catalogue } from './http/catalogue.ts'
import { checkout } from './http/checkout.ts'
import { orderPages } from './http/order.ts'
import { terms } from './http/terms.ts'

const SCOPES = 'service orders:place orders:read'

/** All pages of the shop window, which asks the services as the program that the issuer knows by this id. */
export function shopPages(server: FastifyInstance, deps: Deps, clientId: string) {
  const token = createMachine(deps.config, { id: clientId, secret: deps.config.SHOP_CLIENT_SECRET, scopes: SCOPES })
  const shop = { deps, clients: async () => deps.clientsOf(await token()) }
  catalogue(server, shop)
  basket(server)
  address(server, shop)
  checkout(server, shop)
  orderPages(server, shop)
  terms(server)
}
