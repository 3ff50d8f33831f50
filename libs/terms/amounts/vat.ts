/** What a gross amount is made of, in the currency's smallest unit; the two always add up to it. */
export type VatParts = { net: number; vat: number }

/** What of an amount is of one rate: `rate` in hundredths of a percent, `gross` and the `vat` within it in the smallest unit. */
export type VatPart = { rate: number; gross: number; vat: number }

const WHOLE = 10_000

/**
 * The VAT contained in an amount that includes it: `rate` in hundredths of a percent (2500 is 25 %), rounded to the nearest
 * unit, half up. The net is what remains, so that no øre is lost or made up.
 */
export function vatOutOf({ gross, rate }: { gross: number; rate: number }): VatParts {
  const vat = Math.round((gross * rate) / (WHOLE + rate))
  return { net: gross - vat, vat }
}

/** An amount without VAT with the VAT added to it, rounded to the nearest unit, half up. */
export const addVat = ({ net, rate }: { net: number; rate: number }) => Math.round((net * (WHOLE + rate)) / WHOLE)

/**
 * The VAT within the next part of an amount whose VAT was rounded once, as a whole: what all parts up to and with this one hold,
 * less what those before it held. So parts of any number and size hold together exactly the VAT of the whole, and the same
 * amount, in whatever parts it was taken and came back, always holds the same.
 */
export const vatOfNext = (whole: { gross: number; vat: number }, before: number, part: number) =>
  vatUpTo(whole, before + part) - vatUpTo(whole, before)

/** The products exceed what a number holds exactly. */
function vatUpTo({ gross, vat }: { gross: number; vat: number }, amount: number) {
  if (gross === 0) return 0
  const whole = BigInt(gross)
  return Number((2n * BigInt(vat) * BigInt(amount) + whole) / (2n * whole))
}

/** Parts of the same rate added up, the lowest rate first. */
export function byRate(parts: readonly VatPart[]): VatPart[] {
  const sums = new Map<number, VatPart>()
  for (const { rate, gross, vat } of parts) {
    const sum = sums.get(rate) ?? { gross: 0, vat: 0 }
    sums.set(rate, { rate, gross: sum.gross + gross, vat: sum.vat + vat })
  }
  return [...sums.values()].sort((a, b) => a.rate - b.rate)
}
