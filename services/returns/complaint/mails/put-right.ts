import type { RefundDecided } from '@vilkar/contracts/returns.ts'
import type { Remedy } from '@vilkar/contracts/returns-remedy.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay, formatMoney } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { unitsOf } from '../state.ts'
import type { StoredComplaint } from '../store.ts'

type Stored = Pick<StoredComplaint, 'state' | 'personal'>
/** What was chosen and by when it is done. */
export type ChosenTold = { remedy: Remedy; doneBy?: string; reasons: Reason[] }
/** What was decided about money, in minor units of the order's currency. */
export type RefundTold = Pick<
  RefundDecided['data'],
  'lines' | 'deliveryAmount' | 'amount' | 'dueOn' | 'reduction' | 'reasons'
>

const words = {
  nb: {
    chosen: (number: string) => `Slik retter vi det, ordre ${number}`,
    opening: {
      repair: 'Du har valgt reparasjon av dette:',
      replacement: 'Du har valgt en ny vare i bytte for dette:',
      'price-reduction': 'Du har valgt prisavslag for dette:',
      rescission: 'Du har hevet kjøpet av dette:',
    },
    next: {
      repair: (day: string) =>
        `Svar på denne e-posten, så får du en fraktlapp til verkstedet. Vi betaler frakten begge veier. Den er ferdig senest ${day}, og det koster deg ingenting.`,
      replacement: (day: string) =>
        `Vi sender den så snart lageret har den, slik at du har den senest ${day}, og tar den andre tilbake. Det koster deg ingenting.`,
      'price-reduction': (day: string) => `En person regner ut avslaget, og du hører fra oss senest ${day}.`,
      rescission: () =>
        'Svar på denne e-posten, så får du en returetikett. Vi betaler frakten, og du får pengene tilbake når varen er her.',
    },
    rests: (cites: string) => `Dette følger av ${cites}.`,
    done: (number: string) => `Varen er i orden igjen, ordre ${number}`,
    cured: { repair: 'Dette er reparert:', replacement: 'Du har fått nytt i bytte for dette:' },
    note: 'Vi gjorde',
    again:
      'Er feilen der fortsatt, eller kommer den igjen, så svar på denne e-posten. Da kan du kreve prisavslag eller heve kjøpet.',
    money: (amount: string, number: string) => `Du får tilbake ${amount}, ordre ${number}`,
    lower: 'Du får avslag i prisen, og beholder varene:',
    back: 'Vi har fått varene tilbake. Dette får du igjen for dem:',
    delivery: 'Levering',
    total: 'Sum du får tilbake',
    due: (day: string, cites: string) =>
      `Pengene betales tilbake på samme måte som du betalte, senest ${day}. Dette følger av ${cites}. Er du uenig, så svar på denne e-posten.`,
    ended: (number: string) => `Reklamasjonen er avsluttet, ordre ${number}`,
    let: 'Du har latt reklamasjonen ligge. Viser feilen seg igjen, kan du reklamere på nytt innen de samme fristene.',
  },
  en: {
    chosen: (number: string) => `How we put it right, order ${number}`,
    opening: {
      repair: 'You have chosen a repair of this:',
      replacement: 'You have chosen new goods in return for this:',
      'price-reduction': 'You have chosen a lower price for this:',
      rescission: 'You have cancelled the purchase of this:',
    },
    next: {
      repair: (day: string) =>
        `Answer this mail for a label to the workshop. We pay both ways. It is done by ${day} at the latest, and costs you nothing.`,
      replacement: (day: string) =>
        `We send it as soon as the warehouse has it, so that you have it by ${day} at the latest, and take the other back. It costs you nothing.`,
      'price-reduction': (day: string) => `A person works it out, and you hear from us by ${day} at the latest.`,
      rescission: () =>
        'Answer this mail for a return label. We pay the way back, and you get the money once the goods are here.',
    },
    rests: (cites: string) => `This follows from ${cites}.`,
    done: (number: string) => `The goods are in order again, order ${number}`,
    cured: { repair: 'This was repaired:', replacement: 'You have new goods in return for this:' },
    note: 'What we did',
    again:
      'If the defect is still there or shows again, answer this mail. You may then ask for a lower price or cancel the purchase.',
    money: (amount: string, number: string) => `You get ${amount} back, order ${number}`,
    lower: 'The price is lower, and you keep the goods:',
    back: 'We have the goods back. This is what you get back for them:',
    delivery: 'Delivery',
    total: 'Sum that you get back',
    due: (day: string, cites: string) =>
      `The money is paid back the way you paid, by ${day} at the latest. This follows from ${cites}. If you disagree, answer this mail.`,
    ended: (number: string) => `The complaint is closed, order ${number}`,
    let: 'You have let the complaint be. If the defect shows again, you can complain anew within the same times.',
  },
}

const named = ({ state }: Stored, facts: PlacedFacts) =>
  unitsOf(state).map(({ lineId, quantity }) => `${quantity} × ${namesIn(facts)(lineId)}`)

/** Tells a customer what happens next with what they chose, by when, and that it costs nothing (§ 30). */
export function remedyChosen(
  stored: Stored,
  facts: PlacedFacts,
  { remedy, doneBy, reasons }: ChosenTold,
  page?: string,
): Composed {
  const { locale, number } = facts
  const say = words[locale]
  return letter(facts, page, say.chosen(number), [
    [say.opening[remedy], ...named(stored, facts)].join('\n'),
    `${say.next[remedy](doneBy ? formatDay(locale, doneBy) : '')} ${say.rests(citedInWords(locale, reasons))}`,
  ])
}

/** Tells a customer that the goods were put right, and what they may ask for if that did not help. */
export function cureDone(
  stored: Stored,
  facts: PlacedFacts,
  remedy: 'repair' | 'replacement',
  page?: string,
): Composed {
  const say = words[facts.locale]
  const { note } = stored.personal
  return letter(facts, page, say.done(facts.number), [
    [say.cured[remedy], ...named(stored, facts), ...(note ? [`${say.note}: ${writtenLine(note)}`] : [])].join('\n'),
    say.again,
  ])
}

/** Tells a customer what comes back for defective goods, how it is worked out and by when. */
export function complaintRefund(facts: PlacedFacts, told: RefundTold, page?: string): Composed {
  const { locale, number, currency } = facts
  const say = words[locale]
  const money = (amount: number) => formatMoney(locale, amount, currency)
  const { lines, deliveryAmount, amount, dueOn, reduction, reasons } = told
  return letter(facts, page, say.money(money(amount), number), [
    [
      reduction ? say.lower : say.back,
      ...lines.map((line) => `${line.quantity} × ${namesIn(facts)(line.lineId)}: ${money(line.amount)}`),
      ...(deliveryAmount > 0 ? [`${say.delivery}: ${money(deliveryAmount)}`] : []),
      `${say.total}: ${money(amount)}`,
    ].join('\n'),
    say.due(formatDay(locale, dueOn), citedInWords(locale, reasons)),
  ])
}

/** Tells a customer that a complaint rests, and that they may come back to it. */
export const complaintEnded = (facts: PlacedFacts, page?: string): Composed => {
  const say = words[facts.locale]
  return letter(facts, page, say.ended(facts.number), [say.let])
}
