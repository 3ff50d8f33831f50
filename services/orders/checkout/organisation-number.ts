const WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2]

/**
 * Whether a Norwegian organisation number is well formed: nine digits, the last a check digit modulo 11 over the weights
 * 3 2 7 6 5 4 3 2 (Brønnøysundregistrene). Spaces are allowed.
 */
export function isOrganisationNumber(text: string) {
  const digits = text.replaceAll(' ', '')
  if (!/^[0-9]{9}$/.test(digits)) return false
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits[i]), 0)
  const check = (11 - (sum % 11)) % 11
  return check === Number(digits[8])
}
