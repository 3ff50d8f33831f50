import { type Static, Type } from 'typebox'
import { Amount } from './parts.ts'

const returnCost = (currency: string) =>
  Type.Optional(
    Type.Integer({ ...Amount, description: `${currency}, what sending one back costs at most, VAT included.` }),
  )

/**
 * That goods cannot normally be returned by post, as a product has it, and what sending one back costs in each currency: where no amount stands,
 * none is told, and the seller pays (angrerettloven § 8 første ledd bokstav i and § 9).
 */
export const ProductBulky = Type.Object(
  { returnCostNok: returnCost('Øre'), returnCostEur: returnCost('Cent') },
  {
    ...{ additionalProperties: false, title: 'ProductBulky' },
    description:
      'The goods cannot normally be returned by post. A consumer who withdraws pays for their way back only if told before what it costs: where no amount stands, the seller pays.',
  },
)
export type ProductBulky = Static<typeof ProductBulky>
