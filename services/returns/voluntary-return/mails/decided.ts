import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { RefundDecided } from '@vilkar/contracts/returns.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay, formatMoney } from '@vilkar/mail/mail.ts'
import { orderPage } from '@vilkar/mail/order-page.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import { disagreement } from '../../order-facts/mails/disagreement.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import { isOneOf, possibleBesideOffer } from '../../order-facts/mails/still-possible.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import type { StoredVoluntaryReturn } from '../store.ts'
import { refusedInWords } from './refused.ts'

/** What was decided about money; nothing of it when nothing is paid back. Amounts in minor units of the order's currency. */
export type DecidedTold = Pick<RefundDecided['data'], 'lines' | 'amount' | 'dueOn' | 'reasons'>

const words = {
  nb: {
    subject: (number: string) => `Vi har sett på varene du sendte tilbake, ordre ${number}`,
    accepted: 'Dette er i orden, og du får pengene tilbake for det:',
    total: 'Sum du får tilbake',
    due: (day: string, cites: string) =>
      `Pengene betales tilbake på samme måte som du betalte, senest ${day}. Det du betalte for levering, er ikke med. Dette følger av ${cites}.`,
    refused: 'Dette oppfyller ikke vilkårene for frivillig retur, og er fortsatt ditt:',
    note: 'Vi fant',
    fetch: 'Svar på denne e-posten hvis du vil ha det tilsendt. Da betaler du frakten.',
    missing: 'Dette var ikke i pakken, og er fortsatt ditt:',
    rests: (cites: string) => `Bare det som kommer tilbake, betales tilbake. Dette følger av ${cites}.`,
  },
  en: {
    subject: (number: string) => `We have looked at the goods that you sent back, order ${number}`,
    accepted: 'This is as it should be, and you get the money back for it:',
    total: 'Sum that you get back',
    due: (day: string, cites: string) =>
      `The money is paid back the way you paid, by ${day} at the latest. What you paid for delivery is not part of it. This follows from ${cites}.`,
    refused: 'This does not meet the conditions of a voluntary return, and is still yours:',
    note: 'We found',
    fetch: 'Answer this mail if you want it sent to you. You pay the carriage then.',
    missing: 'This was not in the parcel, and is still yours:',
    rests: (cites: string) => `Only what comes back is paid back. This follows from ${cites}.`,
  },
}

/** Tells a customer what came of the look at their goods: what is paid back, and what is not and why (clause 9). */
export function voluntaryDecided(
  { state, personal }: Pick<StoredVoluntaryReturn, 'state' | 'personal'>,
  facts: PlacedFacts,
  told?: DecidedTold,
  page?: string,
): Composed {
  const { locale, number, currency, terms } = facts
  const say = words[locale]
  const money = (amount: number) => formatMoney(locale, amount, currency)
  const named = ({ lineId, quantity }: LinePart) => `${quantity} × ${namesIn(facts)(lineId)}`
  const { refused = [], missing = [], checkedAt } = state.check ?? {}
  const paragraphs = [
    ...(told
      ? [
          [
            say.accepted,
            ...told.lines.map((line) => `${named(line)}: ${money(line.amount)}`),
            `${say.total}: ${money(told.amount)}`,
          ].join('\n'),
          say.due(formatDay(locale, told.dueOn), citedInWords(locale, told.reasons)),
        ]
      : []),
    ...(refused.length > 0
      ? [
          [
            say.refused,
            ...refusedInWords(refused, facts),
            ...(personal.note ? [`${say.note}: ${writtenLine(personal.note)}`] : []),
            say.fetch,
          ].join('\n'),
        ]
      : []),
    ...(missing.length > 0
      ? [[say.missing, ...missing.map(named), say.rests(citedInWords(locale, state.requested.reasons))].join('\n')]
      : []),
    ...(checkedAt && refused.length + missing.length > 0
      ? [
          ...possibleBesideOffer(facts, Temporal.Instant.from(checkedAt), isOneOf([...refused, ...missing])),
          disagreement(facts, Temporal.Instant.from(checkedAt)),
        ]
      : []),
    ...orderPage(locale, page),
    signatureOf(sellerOf(terms.edition), locale),
  ]
  return { locale, subject: say.subject(number), text: paragraphs.join('\n\n') }
}
