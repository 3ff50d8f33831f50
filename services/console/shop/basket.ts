import type { FastifyRequest } from 'fastify'

/** Goods that somebody chose: units of a product. */
export type Chosen = { sku: string; seller: string; quantity: number }

declare module 'fastify' {
  interface Session {
    basket?: Chosen[]
  }
}

/** More different goods than an order takes lines are of no use in a basket. */
const MOST_LINES = 50
const MOST_UNITS = 999

export const basketOf = ({ session }: FastifyRequest): Chosen[] => session.basket ?? []

/** Puts units beside those that are in the basket already. What is no number of units changes nothing. */
export function addToBasket(request: FastifyRequest, { sku, seller, quantity }: Chosen) {
  const known = basketOf(request)
  const before = known.find((each) => each.sku === sku)?.quantity ?? 0
  setInBasket(request, { sku, seller, quantity: before + quantity })
}

/** So many units of a product are in the basket from now on; none takes it out. */
export function setInBasket({ session }: FastifyRequest, { sku, seller, quantity }: Chosen) {
  if (!Number.isInteger(quantity) || quantity < 0) return
  const chosen = { sku, seller, quantity: Math.min(quantity, MOST_UNITS) }
  const known = session.basket ?? []
  const others = known.some((each) => each.sku === sku)
    ? known.map((each) => (each.sku === sku ? chosen : each))
    : [...known, chosen]
  session.basket = others.filter((each) => each.quantity > 0).slice(0, MOST_LINES)
}

export function emptyBasket({ session }: FastifyRequest) {
  session.basket = []
}
