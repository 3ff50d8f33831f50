import type { Country } from '../calendar.ts'
import type { Reason } from '../ruling/ruling.ts'
import { angrerettloven } from '../statute/angrerettloven.ts'
import { directive201183 } from '../statute/directive-2011-83.ts'
import { withdrawalFunctionDuty } from '../statute/withdrawal-function.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: angrerettloven § 8; Directive 2011/83/EU, Art. 6 and 10. */
const reasonsOf = (because: Because) => ({
  informed: because('information-complete', 'withdrawal-right', angrerettloven('§ 8 første ledd bokstav h')),
  textMissing: because('withdrawal-text-missing', 'withdrawal-right', angrerettloven('§ 8 første ledd bokstav h')),
  formMissing: because(
    'withdrawal-form-missing',
    'withdrawal-right',
    angrerettloven('§ 8 første ledd bokstav h andre punktum'),
  ),
  foreignLanguage: because('information-not-in-norwegian', 'withdrawal-right', angrerettloven('§ 8 tredje ledd')),
  functionUntold: because(
    'withdrawal-function-not-told',
    'withdrawal-right',
    directive201183('Art. 6(1)(h)'),
    directive201183('Art. 10'),
  ),
})
type Edition = Under<typeof reasonsOf>

export type WithdrawalInformation = {
  /** Whether the right, its conditions, time limits and procedure were told; and whether the form was given. */
  text: boolean
  form: boolean
  /** The language of it, BCP 47. */
  locale?: string
  /** The country that the shop markets to, or of the consumer. */
  market?: Country
  /** Whether the consumer was told that there is a withdrawal function, and where. */
  functionTold?: boolean
  orderedOn?: Temporal.PlainDate
}

const NORWEGIAN = new Set(['nb', 'nn', 'no'])

/**
 * Whether the information of angrerettloven § 8 was complete; if not, the period is twelve months longer. Nothing says in so
 * many words that the wrong language counts as missing information, but in doubt the consumer gains.
 */
function withdrawalInformation(
  edition: Edition,
  facts: WithdrawalInformation,
): { complete: boolean; reasons: Reason[] } {
  const { text: told, form, locale, market, functionTold = true, orderedOn } = facts
  const missing: Reason[] = []
  if (!told) missing.push(edition.why.textMissing)
  if (!form) missing.push(edition.why.formMissing)
  if (market === 'NO' && locale !== undefined && !NORWEGIAN.has(locale.split('-')[0]!))
    missing.push(edition.why.foreignLanguage)
  if (!functionTold && market !== undefined && withdrawalFunctionDuty({ market, orderedOn }).mandatory)
    missing.push(edition.why.functionUntold)
  return missing.length > 0
    ? { complete: false, reasons: missing }
    : { complete: true, reasons: [edition.why.informed] }
}

export const withdrawalInformationRules = rulesOf(reasonsOf, { withdrawalInformation })
