import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import type { StoredOverride } from '../store.ts'

const words = {
  nb: {
    subject: (number: string) => `Vi har bestemt noe annet til din fordel, ordre ${number}`,
    no: {
      withdrawal: (cites: string) =>
        `Etter reglene kan du ikke, eller ikke lenger, angre på dette. Det følger av ${cites}.`,
      'voluntary-return': (cites: string) =>
        `Etter reglene kan dette ikke sendes tilbake frivillig. Det følger av ${cites}.`,
      complaint: (cites: string) => `Etter reglene kom klagen på dette for sent. Det følger av ${cites}.`,
      deduction: (cites: string) =>
        `Etter reglene ble det trukket fra noe da du fikk pengene tilbake. Det følger av ${cites}.`,
    },
    yes: {
      withdrawal: 'Vi lar deg angre likevel. Hva du gjør videre, står i kvitteringen, som kommer for seg.',
      'voluntary-return': 'Vi tar det tilbake likevel. Hva du gjør videre, står i en egen e-post.',
      complaint: 'Vi behandler klagen likevel, som om den kom i tide. Svaret kommer for seg.',
      deduction: (amount: string) =>
        `Vi betaler deg ${amount} av det likevel, på samme måte som du betalte, innen 14 dager.`,
    },
    rests: (cites: string) =>
      `Dette gjelder etter ${cites}. Det tar ingenting fra rettighetene du har etter loven. Er noe uklart, så svar på denne e-posten.`,
  },
  en: {
    subject: (number: string) => `We have decided otherwise in your favour, order ${number}`,
    no: {
      withdrawal: (cites: string) =>
        `By the rules you cannot, or can no longer, withdraw from this. That follows from ${cites}.`,
      'voluntary-return': (cites: string) =>
        `By the rules this cannot be sent back by our offer. That follows from ${cites}.`,
      complaint: (cites: string) => `By the rules the complaint about this came too late. That follows from ${cites}.`,
      deduction: (cites: string) =>
        `By the rules something was deducted when you were paid back. That follows from ${cites}.`,
    },
    yes: {
      withdrawal: 'We let you withdraw all the same. What to do next stands in the receipt, which comes by itself.',
      'voluntary-return': 'We take it back all the same. What to do next stands in a mail of its own.',
      complaint: 'We look at the complaint all the same, as if it had come in time. The answer comes by itself.',
      deduction: (amount: string) => `We pay you ${amount} of it all the same, the way you paid, within 14 days.`,
    },
    rests: (cites: string) =>
      `This holds by ${cites}. It takes nothing from the rights that the law gives you. If anything is unclear, answer this mail.`,
  },
}

/** Tells a customer what the rules said, by what, and what they have all the same. */
export function composeOverrideMail(
  { state }: Pick<StoredOverride, 'state'>,
  facts: PlacedFacts,
  page?: string,
): Composed {
  const { locale, number, currency } = facts
  const say = words[locale]
  const { about, ruled, lines = [], amount } = state.proposed
  const yes = about === 'deduction' ? say.yes.deduction(formatMoney(locale, amount, currency)) : say.yes[about]
  const units = lines.map(({ lineId, quantity }) => `${quantity} × ${namesIn(facts)(lineId)}`)
  return letter(facts, page, say.subject(number), [
    [say.no[about](citedInWords(locale, ruled)), ...units].join('\n'),
    yes,
    say.rests(citedInWords(locale, state.decided!.reasons)),
  ])
}
