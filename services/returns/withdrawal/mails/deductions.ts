import type { Deduction } from '@vilkar/contracts/returns-inspection.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatMoney } from '@vilkar/mail/mail.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'

const words = {
  nb: {
    why: {
      'diminished-value': 'verdien er redusert av mer bruk enn nødvendig for å prøve varen',
      'seal-broken': 'forseglingen er brutt',
      'not-in-parcel': 'varen var ikke i pakken',
    },
    grounds: (text: string) => `Begrunnelse: ${text}`,
    rests: (cites: string) => `Dette følger av ${cites}.`,
  },
  en: {
    why: {
      'diminished-value': 'its value is diminished by more handling than it takes to try it',
      'seal-broken': 'the seal is broken',
      'not-in-parcel': 'it was not in the parcel',
    },
    grounds: (text: string) => `Grounds: ${text}`,
    rests: (cites: string) => `This follows from ${cites}.`,
  },
}

/** What is deducted, a line each, with the grounds and what it rests on. */
export function deductionsInWords(deductions: readonly Deduction[], facts: PlacedFacts, grounds?: string): string[] {
  const { locale, currency } = facts
  const say = words[locale]
  return [
    ...deductions.map(
      ({ lineId, quantity, amount, why }) =>
        `${quantity} × ${namesIn(facts)(lineId)}: ${formatMoney(locale, amount, currency)}, ${say.why[why]}`,
    ),
    ...(grounds ? [say.grounds(writtenLine(grounds))] : []),
    say.rests(
      citedInWords(
        locale,
        deductions.flatMap(({ reasons }) => reasons),
      ),
    ),
  ]
}
