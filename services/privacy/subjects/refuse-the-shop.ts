import { httpError } from '@vilkar/server/problems.ts'
import { isOfTheShop } from './of-the-shop.ts'

/** What the shop's own services hold follows from what they tell, and its people are told by us. Throws 409. */
export function refuseTheShop(system: string) {
  if (isOfTheShop(system))
    throw httpError(409, 'system-is-ours', 'What the shop’s own services hold is worked out from what they tell.')
}
