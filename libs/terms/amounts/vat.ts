/** What a gross amount is made of, in the currency's smallest unit; the two always add up to it. */
export type VatParts = { net: number; vat: number }

const WHOLE = 10_000

/**
 * The VAT contained in an amount that includes it: `rate` in hundredths of a percent (2500 is 25 %), rounded to the nearest
 * unit, half up. The net is what remains, so that no øre is lost or made up.
 */
export function vatOutOf({ gross, rate }: { gross: number; rate: number }): VatParts {
  const vat = Math.round((gross * rate) / (WHOLE + rate))
  return { net: gross - vat, vat }
}
