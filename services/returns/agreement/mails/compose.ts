import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay, formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import type { AgreedChanges } from '@vilkar/terms/ruling/agreed.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import type { StoredAgreement } from '../store.ts'

type InWords = { [Change in keyof AgreedChanges]-?: (value: NonNullable<AgreedChanges[Change]>) => string }

const changes: Record<Locale, InWords> = {
  nb: {
    withdrawalDays: (days) => `Du kan angre i ${days} dager fra du har fått varene.`,
    voluntaryReturnDays: (days) => `Du kan be om å sende varene tilbake frivillig i ${days} dager fra du har fått dem.`,
    returnCost: (bearer) => (bearer === 'seller' ? 'Vi betaler returfrakten.' : 'Du betaler returfrakten.'),
    complaintYears: (years) => `Du kan klage på feil i ${years} år fra du har fått varene.`,
    lowerPrices: () => 'Noen av varene koster mindre.',
    lowerDelivery: () => 'Leveringen koster mindre.',
    deliverBy: (day) => `Varene leveres senest ${formatDay('nb', day)}.`,
  },
  en: {
    withdrawalDays: (days) => `You may withdraw for ${days} days after you have the goods.`,
    voluntaryReturnDays: (days) =>
      `You may ask to send the goods back by our offer for ${days} days after you have them.`,
    returnCost: (bearer) => (bearer === 'seller' ? 'We pay for the way back.' : 'You pay for the way back.'),
    complaintYears: (years) => `You may complain of defects for ${years} years after you have the goods.`,
    lowerPrices: () => 'Some of the goods cost less.',
    lowerDelivery: () => 'The delivery costs less.',
    deliverBy: (day) => `The goods are delivered by ${formatDay('en', day)} at the latest.`,
  },
}

const words = {
  nb: {
    subject: (number: string) => `Dette har vi avtalt, ordre ${number}`,
    opening: (day: string, party: string) => `Den ${day} ble dette avtalt skriftlig med ${party}:`,
    instead: 'For denne ordren gjelder dette i stedet for det kjøpsvilkårene sier:',
    back: (amount: string, day: string) => `Du får tilbake ${amount} på samme måte som du betalte, senest ${day}.`,
    ends: 'Det som ble avtalt tidligere om det samme, gjelder ikke lenger.',
    rests: (cites: string) =>
      `Dette følger av ${cites}. Alt annet i kjøpsvilkårene gjelder som før, og rettighetene du har etter loven kan ingen avtale ta fra deg som forbruker. Stemmer det ikke, så svar på denne e-posten.`,
  },
  en: {
    subject: (number: string) => `What we have agreed, order ${number}`,
    opening: (day: string, party: string) => `On ${day} this was agreed in writing with ${party}:`,
    instead: 'For this order the following holds instead of what our terms say:',
    back: (amount: string, day: string) => `You get ${amount} back the way you paid, by ${day} at the latest.`,
    ends: 'What was agreed earlier about the same holds no more.',
    rests: (cites: string) =>
      `This follows from ${cites}. All else in our terms holds as before, and no agreement takes from you as a consumer what the law gives. If this is not right, answer this mail.`,
  },
}

/** Tells a customer what was agreed in writing, word for word, and what it changes: theirs to keep (clause 3). */
export function composeAgreementMail(
  { state, personal }: Pick<StoredAgreement, 'state' | 'personal'>,
  facts: PlacedFacts,
  page?: string,
): Composed {
  const { locale, number } = facts
  const say = words[locale]
  const agreedOn = formatDay(locale, osloDay(Temporal.Instant.from(state.agreedAt)))
  const changed = Object.entries(state.changes).map(([change, value]) =>
    changes[locale][change as keyof AgreedChanges](value as never),
  )
  const { refund } = state
  const back = refund
    ? [say.back(formatMoney(locale, refund.amount, facts.currency), formatDay(locale, refund.dueOn))]
    : []
  return letter(facts, page, say.subject(number), [
    [say.opening(agreedOn, writtenLine(personal.party)), writtenLine(personal.text)].join('\n'),
    [say.instead, ...changed, ...back, ...(state.ends ? [say.ends] : [])].join('\n'),
    say.rests(citedInWords(locale, state.reasons)),
  ])
}
