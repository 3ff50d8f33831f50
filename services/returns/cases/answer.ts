import type { Envelope } from '@vilkar/contracts/event.ts'
import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay, formatMoney } from '@vilkar/mail/mail.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'

type Ruled = {
  reasons: Reason[]
  /** What the rules said, of what staff decided otherwise. */
  ruled?: Reason[]
  outcome?: string
  amount?: number
  currency?: 'NOK' | 'EUR'
  dueOn?: string
  guarantees?: { until?: string; reasons: Reason[] }[]
}

const words = {
  nb: {
    rests: (cites: string) => `Dette følger av ${cites}.`,
    guarantee: (cites: string, day: string) => `En garanti løper til ${day} og kommer i tillegg: se ${cites}.`,
    WithdrawalDeclared: () => 'Du kan angre på dette, og har gjort det i tide.',
    VoluntaryReturnRequested: () => 'Du kan sende dette tilbake etter tilbudet vårt.',
    VoluntaryReturnEnded: () => 'Returen er over, og ingenting betales tilbake.',
    SendBackReminded: () => 'Vi venter på varene.',
    CollectionOffered: () => 'Vi henter varene hos deg, og du skal ikke sende dem.',
    RefundDecided: (amount: string, day: string) => `Du får tilbake ${amount}, senest ${day}.`,
    accepted: () => 'Du har rett til å få dette rettet.',
    rejected: () => 'Vi svarer ikke for dette.',
    RemedyChosen: () => 'Vi gjør det du har valgt.',
    CureFailed: () => 'Det hjalp ikke, og du kan velge på nytt.',
    OverrideDecided: () => 'Etter reglene var svaret et annet, men vi har bestemt dette til din fordel.',
    PayoutProposed: () => 'Dette er ikke avgjort ennå.',
    PayoutDecided: (amount: string, day: string) => `Du får ${amount} av oss, senest ${day}.`,
    ExchangeAgreed: () => 'Du bytter: det ene går tilbake, og det andre er en ordre for seg.',
  },
  en: {
    rests: (cites: string) => `This follows from ${cites}.`,
    guarantee: (cites: string, day: string) => `A guarantee runs until ${day} and comes on top: see ${cites}.`,
    WithdrawalDeclared: () => 'You can withdraw from this, and did so in time.',
    VoluntaryReturnRequested: () => 'You can send this back by our offer.',
    VoluntaryReturnEnded: () => 'The return is over, and nothing is paid back.',
    SendBackReminded: () => 'We are waiting for the goods.',
    CollectionOffered: () => 'We collect the goods from you, and you need not send them.',
    RefundDecided: (amount: string, day: string) => `You get ${amount} back, by ${day} at the latest.`,
    accepted: () => 'You have a right to have this put right.',
    rejected: () => 'We do not answer for this.',
    RemedyChosen: () => 'We do what you have chosen.',
    CureFailed: () => 'It did not help, and you may choose anew.',
    OverrideDecided: () => 'By the rules the answer was another, but we have decided this in your favour.',
    PayoutProposed: () => 'This is not decided yet.',
    PayoutDecided: (amount: string, day: string) => `You get ${amount} from us, by ${day} at the latest.`,
    ExchangeAgreed: () => 'You exchange: one goes back, and the other is an order by itself.',
  },
}

/** The last ruling of a case as a sentence with what it rests on, to be copied into an answer; undefined while nothing is ruled. */
export function answerOf(told: Envelope[]): Record<Locale, string> | undefined {
  const ruled = told.findLast(({ data }) => Array.isArray((data as Partial<Ruled>).reasons))
  if (ruled === undefined) return undefined
  const {
    reasons: own,
    ruled: before = [],
    outcome,
    amount,
    currency,
    dueOn,
    guarantees = [],
  } = ruled.data as unknown as Ruled
  const reasons = [...before, ...own]
  const isRequest = ruled.type === 'WithdrawalDeclared' || ruled.type === 'VoluntaryReturnRequested'
  const isOtherwise = isRequest && reasons.some(({ code }) => code === 'decided-otherwise')
  const name = ruled.type === 'ComplaintAssessed' ? outcome! : isOtherwise ? 'OverrideDecided' : ruled.type
  const inWords = (locale: Locale) => {
    const say = words[locale]
    const sentence = say[name as 'RefundDecided'] as ((amount: string, day: string) => string) | undefined
    const money = amount !== undefined && currency ? formatMoney(locale, amount, currency) : ''
    return [
      ...(sentence ? [sentence(money, dueOn ? formatDay(locale, dueOn) : '')] : []),
      say.rests(citedInWords(locale, reasons)),
      ...guarantees.map(({ until, reasons: why }) =>
        say.guarantee(citedInWords(locale, why), until ? formatDay(locale, until) : ''),
      ),
    ].join(' ')
  }
  return { nb: inWords('nb'), en: inWords('en') }
}
