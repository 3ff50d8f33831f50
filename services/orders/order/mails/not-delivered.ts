import type { OrderDeliveryFailed, OrderDeliveryFailureEnded } from '@vilkar/contracts/orders-delivery.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { PlacedOrder, StoredOrder } from '../state.ts'
import { unitsInWords } from './order-in-words.ts'

/** What became of a parcel that does not arrive, as it was told. */
export type NotDelivered = Pick<OrderDeliveryFailed['data'], 'failure' | 'lines' | 'reasons'>
export const notDeliveredOf = ({ failure, lines, reasons }: NotDelivered): NotDelivered => ({ failure, lines, reasons })

/** That it is on its way after all, or once more. */
export type GoesOn = { outcome: 'under-way' | 'sent-again' }
export const goesOn = (outcome: OrderDeliveryFailureEnded['data']['outcome']): outcome is GoesOn['outcome'] =>
  outcome === 'under-way' || outcome === 'sent-again'

const words = {
  nb: {
    subject: {
      refused: (number: string) => `Pakken i ordre ${number} ble ikke tatt imot`,
      uncollected: (number: string) => `Pakken i ordre ${number} ble ikke hentet`,
      returned: (number: string) => `Pakken i ordre ${number} kom tilbake til oss`,
      lost: (number: string) => `Pakken i ordre ${number} er meldt tapt`,
      damaged: (number: string) => `Pakken i ordre ${number} er meldt skadet`,
    },
    happened: {
      refused: 'Transportøren melder at pakken ikke ble tatt imot. Den går tilbake til oss.',
      uncollected: 'Transportøren melder at pakken ikke ble hentet i tide. Den går tilbake til oss.',
      returned:
        'Transportøren melder at pakken går tilbake til oss, selv om du ikke har takket nei til den. Det beklager vi.',
      lost: 'Transportøren melder at pakken er tapt. Det beklager vi.',
      damaged: 'Transportøren melder at pakken ble skadet på veien. Det beklager vi.',
    },
    contents: 'Dette er i pakken:',
    noWithdrawal: (why: string) =>
      `At du ikke tok imot den, regner vi ikke som at du angrer: det må du si klart ${why}.`,
    youMay: 'Dette kan du gjøre:',
    sendAgain: 'Du kan få den sendt på nytt: svar på denne e-posten. Koster det noe, sier vi hva før vi sender.',
    withdraw:
      'Du kan angre kjøpet der du har angrerett: si det klart, i et svar på denne e-posten eller med angrefunksjonen. Da får du pengene tilbake, også for standard frakt (angrerettloven § 24). Fristen har ikke begynt å løpe, siden du ikke har fått varene (§ 21).',
    nothing: 'Gjør du ingenting, gjelder kjøpet fortsatt, og vi tar vare på varene.',
    ourMatter: (why: string) => `Så lenge du ikke har fått varene, er det vi som har risikoen ${why}.`,
    choose: 'Du kan velge om vi skal sende nye varer, eller om du vil ha pengene tilbake. Svar på denne e-posten.',
    arrange: 'Svar på denne e-posten, så sender vi den på nytt eller finner en annen løsning.',
    ofBusiness: 'Svar på denne e-posten, så blir vi enige om hva som skal skje. Til da gjelder kjøpet.',
    harmedOfBusiness:
      'Vi tar saken opp med transportøren. En av oss ser på hva som gjelder for dere, og skriver til dere om det.',
    ifWrong: 'Er dette feil, og har du fått pakken, så si fra.',
    goesOn: {
      subject: (number: string) => `Pakken i ordre ${number} er på vei igjen`,
      'under-way': 'Vi skrev at pakken ikke kom fram. Nå melder transportøren at den er på vei likevel.',
      'sent-again': 'Varene som kom tilbake til oss, sender vi nå på nytt. Du skal ikke betale for varene en gang til.',
      nothing: 'Du trenger ikke å gjøre noe.',
    },
  },
  en: {
    subject: {
      refused: (number: string) => `The parcel of order ${number} was not accepted`,
      uncollected: (number: string) => `The parcel of order ${number} was not fetched`,
      returned: (number: string) => `The parcel of order ${number} came back to us`,
      lost: (number: string) => `The parcel of order ${number} is said to be lost`,
      damaged: (number: string) => `The parcel of order ${number} is said to be damaged`,
    },
    happened: {
      refused: 'The carrier says that the parcel was not accepted. It goes back to us.',
      uncollected: 'The carrier says that the parcel was not fetched in time. It goes back to us.',
      returned: 'The carrier says that the parcel goes back to us, although you did not refuse it. We are sorry.',
      lost: 'The carrier says that the parcel is lost. We are sorry.',
      damaged: 'The carrier says that the parcel was damaged on its way. We are sorry.',
    },
    contents: 'This is in the parcel:',
    noWithdrawal: (why: string) =>
      `That you did not take it does not count as a withdrawal: that has to be said clearly ${why}.`,
    youMay: 'This is what you may do:',
    sendAgain:
      'You may have it sent again: answer this email. If that costs anything, we say how much before we send it.',
    withdraw:
      'You may withdraw from the purchase where you have that right: say so clearly, in an answer to this email or by the withdrawal function. Then you have your money back, the standard delivery included (angrerettloven § 24). The time for it has not begun, since you do not have the goods (§ 21).',
    nothing: 'If you do nothing, the purchase stands, and we keep the goods.',
    ourMatter: (why: string) => `As long as you do not have the goods, the risk is ours ${why}.`,
    choose: 'You may choose whether we send other goods, or you have your money back. Answer this email.',
    arrange: 'Answer this email, and we send it again or find another way.',
    ofBusiness: 'Answer this email, and we agree on what is to happen. Until then the purchase stands.',
    harmedOfBusiness:
      'We take it up with the carrier. One of us looks at what applies to you, and writes to you about it.',
    ifWrong: 'If this is wrong and you have the parcel, please tell us.',
    goesOn: {
      subject: (number: string) => `The parcel of order ${number} is on its way again`,
      'under-way': 'We wrote that the parcel did not arrive. The carrier now says that it is on its way after all.',
      'sent-again': 'The goods that came back to us are sent again now. You do not pay for the goods once more.',
      nothing: 'You need not do anything.',
    },
  },
}

/**
 * Tells a customer, in the language of the order, that a parcel does not arrive, and what they may do. What they did not take themselves is not
 * put on the seller, and is no withdrawal (angrerettloven § 20); what was lost or damaged a consumer has sent again or paid back, as they choose.
 */
export function composeNotDelivered({ failure, lines, reasons }: NotDelivered, { state }: StoredOrder): Composed {
  const { locale, number, terms, lines: placed } = state.placed
  const say = words[locale]
  const paragraphs = [
    say.happened[failure],
    ...unitsInWords(say.contents, lines, placed),
    ...whatNow(state, { failure, reasons }),
    say.ifWrong,
  ]
  return {
    locale,
    subject: say.subject[failure](number),
    text: [...paragraphs, signatureOf(sellerOf(terms.edition), locale)].join('\n\n'),
  }
}

function whatNow({ placed: { locale, customerKind } }: PlacedOrder, said: Pick<NotDelivered, 'failure' | 'reasons'>) {
  const say = words[locale]
  const isHarmed = said.failure === 'lost' || said.failure === 'damaged'
  if (customerKind === 'business') return [isHarmed ? say.harmedOfBusiness : say.ofBusiness]
  const ofNotice = said.reasons.filter(({ code }) => code === 'refusing-says-nothing')
  const because = (some: NotDelivered['reasons']) => `(${citedInWords(locale, some)})`
  if (ofNotice.length === 0) return [say.ourMatter(because(said.reasons)), isHarmed ? say.choose : say.arrange]
  return [
    say.noWithdrawal(because(ofNotice)),
    [say.youMay, ...[say.sendAgain, say.withdraw, say.nothing].map((each) => `– ${each}`)].join('\n'),
  ]
}

/** Tells the customer that a parcel which they were told of is on its way after all, or that its goods are sent again. */
export function composeGoesOn({ outcome }: GoesOn, { state }: StoredOrder): Composed {
  const { locale, number, terms } = state.placed
  const say = words[locale].goesOn
  return {
    locale,
    subject: say.subject(number),
    text: [say[outcome], say.nothing, signatureOf(sellerOf(terms.edition), locale)].join('\n\n'),
  }
}
