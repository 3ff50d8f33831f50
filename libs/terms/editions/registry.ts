import type { Currency } from '../ruling/vocabulary.ts'
import type { Seller } from '../sellers/seller.ts'
import { initialSellers } from '../sellers/sellers.ts'
import { versionAt } from './in-force.ts'
import { type Edition, type LoadedEdition, loadEdition } from './load.ts'
import type { Terms } from './terms.ts'

/** Sellers with their editions. Ids are those that orders keep, so that an order finds its seller and terms for ever after. */
export function createRegistry(initial: readonly Seller[]) {
  const bySeller = new Map<string, Seller>()
  const byEdition = new Map<string, LoadedEdition>()

  /** Adds a seller, each edition checked. Throws a sentence for what is taken, missing, or cannot be loaded. */
  function addSeller(seller: Seller) {
    refuseUnusable(seller, [...bySeller.values()])
    const loaded = seller.editions.map(loadEdition)
    const stray = loaded.find(({ edition }) => edition.seller !== seller.id)
    if (stray !== undefined) throw new RangeError(`${stray.edition.id} is no edition of ${seller.id}: see its id.`)
    loaded.sort((a, b) => Temporal.Instant.compare(a.edition.inForceFrom, b.edition.inForceFrom))
    for (const each of loaded) byEdition.set(each.edition.id, each)
    bySeller.set(seller.id, seller)
  }
  for (const seller of initial) addSeller(seller)

  const sellers = (): Seller[] => [...bySeller.values()]
  const sellerById = (id: string): Seller | undefined => bySeller.get(id)
  /** Every edition, each seller's oldest first. */
  const editions = (): Edition[] => [...byEdition.values()].map(({ edition }) => edition)
  const editionById = (id: string): Edition | undefined => byEdition.get(id)?.edition

  /** The edition of a seller that an order placed at the instant follows. Throws when the seller had none in force yet. */
  function editionAt(instant: Temporal.Instant, seller: string): Edition {
    const inForce = versionAt(
      editions().filter((edition) => edition.seller === seller),
      instant,
    )
    if (inForce === undefined) throw new RangeError(`${seller} had no terms in force at ${instant}`)
    return inForce
  }

  /**
   * The rules under an edition, with reasons that cite the law as it read on the day of a contract; as it reads now if that is left
   * out. Throws for an edition that does not exist: an order cannot have been placed under it.
   */
  function termsOf(editionId: string, on?: Temporal.PlainDate): Terms {
    const entry = byEdition.get(editionId)
    if (entry === undefined) throw new RangeError(`there is no edition ${editionId} of any terms`)
    return on === undefined ? entry.terms : entry.termsOn(on)
  }

  /** Whose terms an edition is. Throws for one that does not exist. */
  function sellerOf(editionId: string): Seller {
    const seller = bySeller.get(byEdition.get(editionId)?.edition.seller ?? '')
    if (seller === undefined) throw new RangeError(`there is no edition ${editionId} of any terms`)
    return seller
  }

  return { addSeller, sellers, sellerById, editions, editionById, editionAt, termsOf, sellerOf }
}

function refuseUnusable({ id, orderNumberPrefix, currencies, deliveryOptions }: Seller, others: readonly Seller[]) {
  if (others.some((other) => other.id === id)) throw new RangeError(`There is a seller ${id} already.`)
  const twin = others.find((other) => other.orderNumberPrefix === orderNumberPrefix)
  if (twin) throw new RangeError(`The order numbers of ${twin.id} begin with ${orderNumberPrefix} already.`)
  for (const currency of Object.keys(currencies) as Currency[])
    for (const option of deliveryOptions)
      if (option.prices[currency] === undefined)
        throw new RangeError(`The delivery ${option.id} of ${id} has no price in ${currency}.`)
}

/** The sellers of the shop. Another one is added before the services start. */
export const { addSeller, sellers, sellerById, editions, editionById, editionAt, termsOf, sellerOf } =
  createRegistry(initialSellers)
