import type { CollectionOffered } from '@vilkar/contracts/returns-goods-back.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { comingBack, type DeclaredReturn } from '../state.ts'

/** What was offered, as it was then; `payBy` is the last day to pay back (ISO 8601). */
export type CollectionTold = Pick<CollectionOffered['data'], 'collectOn' | 'lastDay' | 'reasons'> & { payBy: string }

const words = {
  nb: {
    subject: (number: string) => `Vi henter varene hos deg, ordre ${number}`,
    opening: (day?: string) => (day ? `Vi henter disse varene hos deg ${day}:` : 'Vi henter disse varene hos deg:'),
    later: 'Vi avtaler dagen med deg.',
    duty: 'Du skal ikke sende dem, og du betaler ingenting for hentingen. Passer ikke dagen, så svar på denne e-posten.',
    money: (day: string) => `Pengene venter ikke på varene: vi betaler tilbake senest ${day}.`,
    kept: (day: string) => `Har vi ikke hentet dem innen ${day}, kan du beholde dem uten å betale for dem.`,
    follows: (cites: string) => `Dette følger av ${cites}.`,
  },
  en: {
    subject: (number: string) => `We collect the goods from you, order ${number}`,
    opening: (day?: string) =>
      day ? `We collect these goods from you on ${day}:` : 'We collect these goods from you:',
    later: 'We agree the day with you.',
    duty: 'You are not to send them, and pay nothing for the collection. If the day does not suit you, answer this mail.',
    money: (day: string) => `The money does not wait for the goods: we pay it back by ${day} at the latest.`,
    kept: (day: string) => `If we have not collected them by ${day}, you may keep them without paying for them.`,
    follows: (cites: string) => `This follows from ${cites}.`,
  },
}

/** Tells a customer that the seller collects the goods, and what that frees them of (angrerettloven §§ 24 and 25). */
export function collectionOffered(
  { state }: { state: DeclaredReturn },
  facts: PlacedFacts,
  { collectOn, lastDay, payBy, reasons }: CollectionTold,
  page?: string,
): Composed {
  const { locale, number } = facts
  const say = words[locale]
  const day = (date: string) => formatDay(locale, date)
  const lines = comingBack(state).filter(({ quantity }) => quantity > 0)
  return letter(facts, page, say.subject(number), [
    [
      say.opening(collectOn && day(collectOn)),
      ...lines.map(({ lineId, quantity }) => `${quantity} × ${namesIn(facts)(lineId)}`),
    ].join('\n'),
    [...(collectOn ? [] : [say.later]), say.duty].join(' '),
    `${say.money(day(payBy))} ${say.kept(day(lastDay))} ${say.follows(citedInWords(locale, reasons))}`,
  ])
}
