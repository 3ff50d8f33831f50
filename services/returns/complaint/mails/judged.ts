import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { Remedy } from '@vilkar/contracts/returns-remedy.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { writtenLine } from '@vilkar/mail/written-line.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { GuaranteesTold } from '../../order-facts/guarantees.ts'
import { disagreement } from '../../order-facts/mails/disagreement.ts'
import { guaranteesInWords } from '../../order-facts/mails/guarantees.ts'
import { letter } from '../../order-facts/mails/letter.ts'
import { namesIn } from '../../order-facts/mails/names.ts'
import { isOneOf, possibleBesideComplaint } from '../../order-facts/mails/still-possible.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { unitsOf } from '../state.ts'
import type { StoredComplaint } from '../store.ts'

type Stored = Pick<StoredComplaint, 'state' | 'personal'>
/** Units that cannot be complained of, and why. */
export type RefusedTold = { reasons: Reason[]; refused?: (LinePart & { reasons: Reason[] })[] }
/** What was judged: what can be chosen now, and `failed` when that is since putting right did not help. */
export type JudgedTold = {
  choices?: Remedy[]
  repairMonths?: number
  failed?: true
  guarantees?: GuaranteesTold
  reasons: Reason[]
  assessedAt?: string
}

const words = {
  nb: {
    received: (number: string) => `Vi har mottatt reklamasjonen din, ordre ${number}`,
    opening: 'Vi bekrefter at vi har mottatt reklamasjonen din:',
    said: 'Du skriver',
    answer: (day: string) => `En person ser på den og svarer deg senest ${day}. Ta vare på varen så lenge.`,
    also: 'Dette kan du ikke reklamere på:',
    everything: 'alt i ordren',
    about: (number: string) => `Svar på reklamasjonen din, ordre ${number}`,
    nothing: 'Vi har mottatt meldingen din, og finner ikke noe her som det kan reklameres på:',
    accepted: 'Vi har sett på reklamasjonen din, og du har rett til å få det rettet. Det koster deg ingenting.',
    failed: 'Vi beklager at det ikke hjalp. Nå kan du velge på nytt.',
    again: {
      'another-attempt-offered': 'Vi tilbyr å prøve en gang til. Det bestemmer du: du kan si nei, og velge noe annet.',
      'another-attempt-reasonable': 'Vi mener at det er rimelig at vi får prøve en gang til. Det koster deg ingenting.',
    },
    choose: 'Velg, og svar på denne e-posten:',
    remedy: {
      repair: 'reparasjon',
      replacement: 'en ny vare i bytte mot den du har',
      'price-reduction': 'prisavslag: du beholder varen og får igjen en del av prisen',
      rescission: 'heving: du sender varen tilbake for vår regning og får igjen pengene',
    },
    longer: (months: number) => `Velger du reparasjon, blir tiden du kan reklamere, ${months} måneder lengre.`,
    anew: 'Velger du en ny vare, begynner en ny frist for å reklamere på den.',
    rests: (cites: string) => `Dette følger av ${cites}.`,
    rejected: 'Vi har mottatt reklamasjonen din og sett på den. Vi mener at vi ikke svarer for dette:',
    grounds: 'Begrunnelse',
    anewRefused: 'Mener du noe annet, eller vet du mer: svar på denne e-posten, så ser en person på det.',
    anewRejected:
      'Har du noe nytt, som bilder eller ordet til en som kan slikt: svar på denne e-posten, så ser en person på det igjen.',
  },
  en: {
    received: (number: string) => `We have received your complaint, order ${number}`,
    opening: 'We confirm that we have received your complaint:',
    said: 'You write',
    answer: (day: string) =>
      `A person looks at it and answers you by ${day} at the latest. Please keep the goods until then.`,
    also: 'This cannot be complained of:',
    everything: 'everything in the order',
    about: (number: string) => `Answer to your complaint, order ${number}`,
    nothing: 'We have received your message, and find nothing here that could be complained of:',
    accepted: 'We have looked at your complaint, and you have a right to have it put right. It costs you nothing.',
    failed: 'We are sorry that it did not help. Now you may choose anew.',
    again: {
      'another-attempt-offered':
        'We offer to try once more. That is yours to decide: you may say no, and choose something else.',
      'another-attempt-reasonable': 'We think that it is reasonable that we may try once more. It costs you nothing.',
    },
    choose: 'Choose, and answer this mail:',
    remedy: {
      repair: 'a repair',
      replacement: 'new goods in return for those that you have',
      'price-reduction': 'a lower price: you keep the goods and get part of the price back',
      rescission: 'to cancel the purchase: you send the goods back at our cost and get the money back',
    },
    longer: (months: number) =>
      `If you choose a repair, the time in which you can complain is ${months} months longer.`,
    anew: 'If you choose new goods, a new time to complain begins for them.',
    rests: (cites: string) => `This follows from ${cites}.`,
    rejected: 'We have received your complaint and looked at it. We think that we do not answer for this:',
    grounds: 'Grounds',
    anewRefused: 'If you mean something else, or know more: answer this mail, and a person looks at it.',
    anewRejected:
      'If you have something new, such as pictures or the word of somebody who knows such things: answer this mail, and a person looks at it again.',
  },
}

/** Units as a mail names them, a line for each. */
export const named = (facts: PlacedFacts, parts: LinePart[]) =>
  parts.map(({ lineId, quantity }) => `${quantity} × ${namesIn(facts)(lineId)}`)

const refusedInWords = (facts: PlacedFacts, parts: NonNullable<RefusedTold['refused']>) =>
  parts.map((part) => `${named(facts, [part])[0]}: ${citedInWords(facts.locale, part.reasons)}`)

/** Acknowledges a complaint at once: what was said, by when a person answers, and what guarantees give where it came too late. */
export function complaintReceived(
  { state, personal }: Stored,
  facts: PlacedFacts,
  { guarantees }: Pick<JudgedTold, 'guarantees'>,
  page?: string,
): Composed {
  const say = words[facts.locale]
  const { refused = [], answerBy, receivedAt } = state.received
  return letter(facts, page, say.received(facts.number), [
    [say.opening, ...named(facts, unitsOf(state))].join('\n'),
    `${say.said}: ${writtenLine(personal.defect ?? '')}`,
    say.answer(formatDay(facts.locale, answerBy)),
    ...(refused.length > 0
      ? [
          [say.also, ...refusedInWords(facts, refused)].join('\n'),
          ...possibleBesideComplaint(facts, Temporal.Instant.from(receivedAt), isOneOf(refused), [say.anewRefused]),
          disagreement(facts, Temporal.Instant.from(receivedAt)),
        ]
      : []),
    ...guaranteesInWords(facts, guarantees),
  ])
}

/** Tells a customer that there is nothing that their complaint could be about. */
export function complaintRefused(told: RefusedTold, facts: PlacedFacts, at: Temporal.Instant, page?: string): Composed {
  const say = words[facts.locale]
  const what = told.refused?.length
    ? refusedInWords(facts, told.refused)
    : [`${say.everything}: ${citedInWords(facts.locale, told.reasons)}`]
  const lines = told.refused?.length ? told.refused : facts.lines
  return letter(facts, page, say.about(facts.number), [
    [say.nothing, ...what].join('\n'),
    ...possibleBesideComplaint(facts, at, isOneOf(lines), [say.anewRefused]),
    disagreement(facts, at),
  ])
}

/** Tells a customer what they may choose from, and before that what prolongs the seller's liability (§§ 26–33). */
export function complaintAccepted(
  { state, personal }: Stored,
  facts: PlacedFacts,
  told: JudgedTold,
  page?: string,
): Composed {
  const say = words[facts.locale]
  const { choices = [], repairMonths, failed, guarantees, reasons } = told
  const anew = reasons.some(({ code }) => code === 'replacement-has-own-limit') && choices.includes('replacement')
  const longer = [...(repairMonths ? [say.longer(repairMonths)] : []), ...(anew ? [say.anew] : [])]
  const again = AGAIN.find((name) => reasons.some(({ code }) => code === name))
  const isTheirs = again === 'another-attempt-reasonable'
  return letter(facts, page, say.about(facts.number), [
    [again ? say.again[again] : failed ? say.failed : say.accepted, ...named(facts, unitsOf(state))].join('\n'),
    ...(isTheirs && personal.grounds ? [`${say.grounds}: ${writtenLine(personal.grounds)}`] : []),
    ...(longer.length > 0 ? [longer.join(' ')] : []),
    [say.choose, ...choicesInWords(facts.locale, choices)].join('\n'),
    say.rests(citedInWords(facts.locale, reasons)),
    ...guaranteesInWords(facts, guarantees),
    ...(isTheirs ? [disagreement(facts, Temporal.Instant.from(told.assessedAt!))] : []),
  ])
}

/** Why the seller tries again, as reasons name it. */
const AGAIN = ['another-attempt-offered', 'another-attempt-reasonable'] as const

/** What can be chosen, in words, each on a line. */
export const choicesInWords = (locale: PlacedFacts['locale'], choices: Remedy[]) =>
  choices.map((each) => `– ${words[locale].remedy[each]}`)

/** A no with its grounds, what it rests on, what is possible besides, and for a consumer who mediates and who decides after that. */
export function complaintRejected(
  { state, personal }: Stored,
  facts: PlacedFacts,
  told: JudgedTold,
  page?: string,
): Composed {
  const say = words[facts.locale]
  const units = state.received.lines.length > 0 ? unitsOf(state) : (state.received.refused ?? [])
  const at = Temporal.Instant.from(told.assessedAt!)
  return letter(facts, page, say.about(facts.number), [
    [say.rejected, ...named(facts, units)].join('\n'),
    `${say.said}: ${writtenLine(personal.defect ?? '')}`,
    ...(personal.grounds ? [`${say.grounds}: ${writtenLine(personal.grounds)}`] : []),
    say.rests(citedInWords(facts.locale, told.reasons)),
    ...possibleBesideComplaint(facts, at, isOneOf(units), [say.anewRejected]),
    ...guaranteesInWords(facts, told.guarantees),
    disagreement(facts, at),
  ])
}
