import type { Address } from '@vilkar/contracts/parts.ts'
import type { Refusal } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { Quote } from '../order/quote.ts'

/**
 * The refusal of an order whose goods go where VAT is otherwise than in its quote: the quote was for an export and the address is
 * within the VAT area, or the other way round (merverdiavgiftsloven §§ 1-2 and 6-21). Undefined when both agree.
 */
export function taxedOtherwise(
  { vat, terms }: Quote,
  { country, postalCode }: Pick<Address, 'country' | 'postalCode'>,
): Refusal | undefined {
  const { exported, reasons } = termsOf(terms.edition).placeOfSupply({ country, postalCode })
  if (exported === (vat?.exported ?? false)) return undefined
  const where = `${postalCode}, ${country}`
  const detail = exported
    ? `The quote holds VAT, but goods to ${where} leave the VAT area and are sold without it. Ask for a quote for this country and postal code.`
    : `The quote is without VAT, but goods to ${where} stay in the VAT area and are sold with it. Ask for a quote for this country and postal code.`
  return { code: 'quote-differs', detail, reasons }
}
