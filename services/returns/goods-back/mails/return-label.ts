import type { ReturnLabelIssued } from '@vilkar/contracts/shipping-returns.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'

/** The label, where to find it, and why the seller pays for it. */
export type LabelTold = Pick<ReturnLabelIssued['data'], 'carrier' | 'trackingNumber' | 'code' | 'validUntil'> & {
  url: string
  reasons: Reason[]
}

const words = {
  nb: {
    subject: (number: string) => `Slik sender du varene tilbake, ordre ${number}`,
    opening: (carrier: string) => `Du kan sende varene tilbake med ${carrier}, uten at det koster deg noe.`,
    code: (code: string) => `Vis denne koden der du leverer pakken, og skriv den på pakken: ${code}`,
    label: (url: string) => `Etiketten til å skrive ut: ${url}`,
    number: (number: string, carrier: string) => `Sporingsnummer: ${number} (${carrier})`,
    until: (day: string) => `Lever pakken senest ${day}.`,
    scan: 'Når pakken er skannet første gang, vet vi at du har sendt varene; du trenger ikke si fra. Ta likevel vare på kvitteringen.',
    rests: (cites: string) => `At vi betaler returen, følger av ${cites}.`,
  },
  en: {
    subject: (number: string) => `How to send the goods back, order ${number}`,
    opening: (carrier: string) => `You can send the goods back with ${carrier}, at no cost to you.`,
    code: (code: string) => `Show this code where you hand in the parcel, and write it on the parcel: ${code}`,
    label: (url: string) => `The label to print: ${url}`,
    number: (number: string, carrier: string) => `Tracking number: ${number} (${carrier})`,
    until: (day: string) => `Hand in the parcel by ${day}.`,
    scan: 'Once the parcel is scanned for the first time, we know that you have sent the goods; you need not tell us. Keep the receipt all the same.',
    rests: (cites: string) => `That we pay for the way back follows from ${cites}.`,
  },
}
/** As people write the carriers that the house knows by a name of its own. */
const NAMES: Readonly<Record<string, string>> = { bring: 'Posten', ups: 'UPS', dhl: 'DHL' }

/** Tells a customer how to send goods back at the seller’s cost, and what follows of the carrier’s first scan. */
export function returnLabel(facts: PlacedFacts, told: LabelTold, page?: string): Composed {
  const say = words[facts.locale]
  const { carrier: named, trackingNumber, code, validUntil, url, reasons } = told
  const carrier = NAMES[named] ?? named
  const until = validUntil && formatDay(facts.locale, osloDay(Temporal.Instant.from(validUntil)))
  return letter(facts, page, say.subject(facts.number), [
    say.opening(carrier),
    [
      ...(code ? [say.code(code)] : []),
      say.label(url),
      say.number(trackingNumber, carrier),
      ...(until ? [say.until(until)] : []),
    ].join('\n'),
    [say.scan, ...(reasons.length > 0 ? [say.rests(citedInWords(facts.locale, reasons))] : [])].join(' '),
  ])
}
