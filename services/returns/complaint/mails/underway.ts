import type { Remedy } from '@vilkar/contracts/returns-remedy.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { unitsOf } from '../state.ts'
import type { StoredComplaint } from '../store.ts'

type Stored = Pick<StoredComplaint, 'state'>
/** What can be chosen instead, and why. */
export type UnavailableTold = { choices: Remedy[]; reasons: Reason[] }
export type SentTold = { carrier: string; trackingNumber?: string }

const words = {
  nb: {
    none: (number: string) => `Vi har ingen ny vare å bytte med, ordre ${number}`,
    noneLeft: 'Vi skulle bytte dette, men er utsolgt:',
    choose: 'Velg noe annet ved å svare på denne e-posten:',
    choices: {
      repair: '– reparasjon',
      replacement: '– en ny vare',
      'price-reduction': '– prisavslag: du beholder varen og får igjen en del av prisen',
      rescission: '– heving: du leverer varen tilbake og får igjen pengene',
    },
    rests: (cites: string) => `Dette følger av ${cites}.`,
    came: (number: string) => `Vi har fått varen, ordre ${number}`,
    here: 'Dette har kommet til oss:',
    next: {
      repair: 'Vi reparerer den og sender den tilbake. Det koster deg ingenting.',
      replacement: 'Takk, da er byttet i orden fra din side.',
    },
    sent: (number: string) => `Varen er på vei til deg, ordre ${number}`,
    parcel: { repair: 'Dette er reparert og på vei tilbake:', replacement: 'Dette er sendt i bytte:' },
    follow: (carrier: string, tracking?: string) =>
      `${carrier} har pakken${tracking ? `, sporingsnummer ${tracking}` : ''}. Det koster deg ingenting.`,
    back: 'Send den defekte varen tilbake når den nye er kommet: svar på denne e-posten, så får du en returetikett. Vi betaler frakten.',
  },
  en: {
    none: (number: string) => `We have none left to replace it with, order ${number}`,
    noneLeft: 'We were to replace this, and have none left:',
    choose: 'Choose something else by answering this mail:',
    choices: {
      repair: '– a repair',
      replacement: '– new goods',
      'price-reduction': '– a lower price: you keep the goods and get part of the price back',
      rescission: '– the end of the purchase: you return the goods and get the money back',
    },
    rests: (cites: string) => `This follows from ${cites}.`,
    came: (number: string) => `We have the goods, order ${number}`,
    here: 'This has come to us:',
    next: {
      repair: 'We repair it and send it back. It costs you nothing.',
      replacement: 'Thank you: on your side the exchange is done.',
    },
    sent: (number: string) => `The goods are on their way to you, order ${number}`,
    parcel: { repair: 'This is repaired and on its way back:', replacement: 'This was sent in exchange:' },
    follow: (carrier: string, tracking?: string) =>
      `${carrier} has the parcel${tracking ? `, tracking number ${tracking}` : ''}. It costs you nothing.`,
    back: 'Send the defective goods back once the new ones have come: answer this mail for a return label. We pay the way back.',
  },
}

const named = ({ state }: Stored, facts: PlacedFacts) =>
  unitsOf(state).map(({ lineId, quantity }) => `${quantity} × ${namesIn(facts)(lineId)}`)

/** Tells a customer that there is none left to replace the goods with, and what they may choose instead (§ 29). */
export function cureUnavailable(stored: Stored, facts: PlacedFacts, told: UnavailableTold, page?: string): Composed {
  const { locale, number } = facts
  const say = words[locale]
  return letter(facts, page, say.none(number), [
    [say.noneLeft, ...named(stored, facts)].join('\n'),
    [say.choose, ...told.choices.map((choice) => say.choices[choice])].join('\n'),
    say.rests(citedInWords(locale, told.reasons)),
  ])
}

/** Tells a customer that goods they sent have come. */
export function cureGoodsReceived(
  stored: Stored,
  facts: PlacedFacts,
  remedy: 'repair' | 'replacement',
  page?: string,
): Composed {
  const say = words[facts.locale]
  return letter(facts, page, say.came(facts.number), [[say.here, ...named(stored, facts)].join('\n'), say.next[remedy]])
}

/** Tells a customer that the carrier has what is sent for the complaint, and to send back what it replaces (§§ 29 and 30). */
export function cureSent(
  stored: Stored,
  facts: PlacedFacts,
  { carrier, trackingNumber }: SentTold,
  page?: string,
): Composed {
  const say = words[facts.locale]
  const { chosen, cure } = stored.state
  const remedy = chosen?.remedy === 'replacement' ? 'replacement' : 'repair'
  const follow = say.follow(writtenLine(carrier), trackingNumber && writtenLine(trackingNumber))
  return letter(facts, page, say.sent(facts.number), [
    [say.parcel[remedy], ...named(stored, facts)].join('\n'),
    follow,
    ...(remedy === 'replacement' && cure?.goodsReceivedAt === undefined ? [say.back] : []),
  ])
}
