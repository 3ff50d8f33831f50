import type { DamageReported } from '@vilkar/contracts/shipping-damage.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { sellerOf, termsOf } from '@vilkar/terms/editions/registry.ts'
import { byLaw } from '@vilkar/terms/ruling/citing.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import { vegfraktloven } from '@vilkar/terms/statute/vegfraktloven.ts'
import type { StoredOrder } from '../state.ts'
import { unitsInWords } from './order-in-words.ts'

/** What a customer reported of a parcel, as it was written down; `isCure`: it was sent for a complaint. */
export type DamageNoted = Pick<
  DamageReported['data'],
  'kind' | 'lines' | 'reportedAt' | 'outcome' | 'late' | 'claimDueOn' | 'reasons'
> & { isCure?: true }
export const damageNotedOf = (data: DamageReported['data']): DamageNoted => {
  const { kind, lines, reportedAt, outcome, late, claimDueOn, reasons, cure } = data
  return { kind, lines, reportedAt, outcome, late, claimDueOn, reasons, ...(cure && { isCure: true }) }
}

const words = {
  nb: {
    subject: (number: string) => `Meldingen om en pakke i ordre ${number} er notert`,
    reported: {
      lost: (day: string) => `Vi har ${day} notert at dette ikke har kommet fram:`,
      damaged: (day: string) => `Vi har ${day} notert at dette ble skadet på veien:`,
    },
    inTime: (why: string) => `Du har meldt fra i tide ${why}.`,
    toJudge: (why: string) =>
      `Det er lenge siden: en av oss ser på hva du kan kreve, og skriver til deg om det ${why}.`,
    inTimeOfBusiness: (why: string) => `Dere har meldt fra i tide ${why}.`,
    lateOfBusiness: (why: string) =>
      `Dere meldte fra etter de sju dagene da en transportør i utlandet skal ha beskjed. En av oss ser på hva det har å si, og skriver til dere om det ${why}.`,
    now: 'Dette skjer nå:',
    carrierBy: (day: string, why: string) => `Vi tar det opp med transportøren senest ${day} ${why}.`,
    carrier: (why: string) =>
      `Vi tar det opp med transportøren. At fristen for det er ute, er vår sak og ikke din ${why}.`,
    carrierOfBusiness: (why: string) => `Vi tar det opp med transportøren, selv om fristen for det er ute ${why}.`,
    chooseLost:
      'Når vi har gjort det, eller transportøren sier at det er tapt, velger du: nye varer, eller pengene tilbake. Svar på denne e-posten.',
    cureLost:
      'Når vi har gjort det, eller transportøren sier at det er tapt, sender vi det på nytt, eller reklamasjonen din går videre. Du betaler ingenting.',
    risk: (why: string) => `Så lenge du ikke har fått varene, er det vi som har risikoen ${why}.`,
    ifCame: 'Kommer pakken likevel, så si fra.',
    complain:
      'Har du pakken: svar hva du vil ha gjort med det som er skadet. Det er en reklamasjon, som vi svarer på (forbrukerkjøpsloven §§ 26 og 27).',
    notTaken: (why: string) =>
      `Har du ikke tatt imot pakken, er det vi som har risikoen ${why}: da velger du nye varer, eller pengene tilbake.`,
    keep: 'Ta vare på varene og emballasjen til vi har svart. Bilder hjelper.',
    ofBusiness: 'En av oss ser på hva som gjelder for dere, og skriver til dere om det.',
    how: 'Er noe feil, eller er det mer å si: svar på denne e-posten.',
  },
  en: {
    subject: (number: string) => `What was reported of a parcel of order ${number} is noted`,
    reported: {
      lost: (day: string) => `On ${day} we noted that this has not arrived:`,
      damaged: (day: string) => `On ${day} we noted that this was damaged on its way:`,
    },
    inTime: (why: string) => `You have told us in time ${why}.`,
    toJudge: (why: string) =>
      `It is long ago: one of us looks at what you may claim, and writes to you about it ${why}.`,
    inTimeOfBusiness: (why: string) => `You have told us in time ${why}.`,
    lateOfBusiness: (why: string) =>
      `You told us after the seven days in which a carrier abroad is to be told. One of us looks at what that means, and writes to you about it ${why}.`,
    now: 'This is what happens now:',
    carrierBy: (day: string, why: string) => `We take it up with the carrier by ${day} at the latest ${why}.`,
    carrier: (why: string) =>
      `We take it up with the carrier. That the time for it has passed is our matter and not yours ${why}.`,
    carrierOfBusiness: (why: string) => `We take it up with the carrier, although the time for it has passed ${why}.`,
    chooseLost:
      'Once we have done that, or the carrier says that it is lost, you choose: other goods, or your money back. Answer this email.',
    cureLost:
      'Once we have done that, or the carrier says that it is lost, we send it again, or your complaint goes on. You pay nothing.',
    risk: (why: string) => `As long as you do not have the goods, the risk is ours ${why}.`,
    ifCame: 'If the parcel arrives after all, please tell us.',
    complain:
      'If you have the parcel: answer what you want done about what is damaged. That is a complaint, which we answer (forbrukerkjøpsloven §§ 26 and 27).',
    notTaken: (why: string) =>
      `If you did not take the parcel, the risk is ours ${why}: then you choose other goods, or your money back.`,
    keep: 'Keep the goods and what they were packed in until we have answered. Pictures help.',
    ofBusiness: 'One of us looks at what applies to you, and writes to you about it.',
    how: 'If something is wrong, or there is more to say: answer this email.',
  },
}

const CARRIER_TOLD = byLaw('carrier-told-in-time', vegfraktloven('§ 40'))

/**
 * Acknowledges what a customer reported of a parcel, in the language of the order: what was written down, whether it came in time, by when the
 * carrier is told (vegfraktloven § 40), and what they have meanwhile (forbrukerkjøpsloven §§ 14 and 27). What a business has, a person tells it.
 */
export function composeDamageNoted(noted: DamageNoted, { state }: StoredOrder): Composed {
  const { locale, number, terms, lines: placed } = state.placed
  const say = words[locale]
  const { kind, lines, reportedAt } = noted
  const day = formatDay(locale, osloDay(Temporal.Instant.from(reportedAt)))
  const paragraphs = [
    ...unitsInWords(say.reported[kind](day), lines, placed),
    whetherInTime(noted, state.placed),
    [say.now, ...whatNow(noted, state.placed).map((each) => `– ${each}`)].join('\n'),
    say.how,
  ]
  return {
    locale,
    subject: say.subject(number),
    text: [...paragraphs, signatureOf(sellerOf(terms.edition), locale)].join('\n\n'),
  }
}

type Placed = StoredOrder['state']['placed']

function whetherInTime({ outcome, late, reasons }: DamageNoted, { locale, customerKind }: Placed) {
  const say = words[locale]
  const why = `(${citedInWords(locale, reasons)})`
  if (customerKind === 'business') return late ? say.lateOfBusiness(why) : say.inTimeOfBusiness(why)
  return outcome === 'granted' ? say.inTime(why) : say.toJudge(why)
}

function whatNow({ kind, reportedAt, claimDueOn, isCure }: DamageNoted, { locale, customerKind, terms }: Placed) {
  const say = words[locale]
  const because = (reasons: readonly Reason[]) => `(${citedInWords(locale, reasons)})`
  const byLawOfCarriers = because([CARRIER_TOLD])
  const isOver = claimDueOn < osloDay(Temporal.Instant.from(reportedAt)).toString()
  if (customerKind === 'business')
    return [
      isOver ? say.carrierOfBusiness(byLawOfCarriers) : say.carrierBy(formatDay(locale, claimDueOn), byLawOfCarriers),
      say.ofBusiness,
      kind === 'damaged' ? say.keep : say.ifCame,
    ]
  const risk = because(termsOf(terms.edition).riskOf({ customerKind, whereabouts: 'lost-in-transit' }).reasons)
  const carrier = isOver ? say.carrier(byLawOfCarriers) : say.carrierBy(formatDay(locale, claimDueOn), byLawOfCarriers)
  if (kind === 'lost') return [carrier, isCure ? say.cureLost : say.chooseLost, say.risk(risk), say.ifCame]
  return [carrier, say.complain, ...(isCure ? [] : [say.notTaken(risk)]), say.keep]
}
