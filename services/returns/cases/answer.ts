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
  /** What of it is refused, and what is deducted, each with its own reasons. */
  refused?: { reasons: Reason[] }[]
  deductions?: { amount: number; reasons: Reason[] }[]
}

const words = {
  nb: {
    rests: (cites: string) => `Dette følger av ${cites}.`,
    guarantee: (cites: string, day: string) => `En garanti løper til ${day} og kommer i tillegg: se ${cites}.`,
    refused: (cites: string) => `Ikke alt: for en del er svaret nei, etter ${cites}.`,
    deducted: (sum: string, cites: string) => `${sum} er trukket fra. Det følger av ${cites}.`,
    WithdrawalDeclared: () => 'Du kan angre på dette, og har gjort det i tide.',
    VoluntaryReturnRequested: () => 'Du kan sende dette tilbake etter tilbudet vårt.',
    VoluntaryReturnEnded: () => 'Returen er over, og ingenting betales tilbake.',
    SendBackReminded: () => 'Vi venter på varene.',
    SendBackOverdue: () => 'Varene er ikke kommet. Du skal fortsatt sende dem, og pengene venter til de er her.',
    ReturnAssessed: (sum: string) => `Vi mener å trekke fra ${sum}, og du kan svare før det er avgjort.`,
    ComplaintNarrowed: () => 'Noe av det du klaget på, får du pengene tilbake for på annen måte.',
    CureUnavailable: () => 'Vi har ingen igjen å bytte med, og du kan velge noe annet.',
    ChoiceReminded: () => 'Du har rett til å få dette rettet, og vi venter på at du velger hvordan.',
    ChoiceOverdue: () => 'Du har rett til å få dette rettet, og kan velge hvordan når du vil.',
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
    refused: (cites: string) => `Not all of it: to a part the answer is no, by ${cites}.`,
    deducted: (sum: string, cites: string) => `${sum} is deducted. That follows from ${cites}.`,
    WithdrawalDeclared: () => 'You can withdraw from this, and did so in time.',
    VoluntaryReturnRequested: () => 'You can send this back by our offer.',
    VoluntaryReturnEnded: () => 'The return is over, and nothing is paid back.',
    SendBackReminded: () => 'We are waiting for the goods.',
    SendBackOverdue: () =>
      'The goods have not come. You are still to send them, and the money waits until they are here.',
    ReturnAssessed: (sum: string) => `We mean to deduct ${sum}, and you may answer before it is decided.`,
    ComplaintNarrowed: () => 'You get the money back in another way for some of what you complained of.',
    CureUnavailable: () => 'We have none left to replace it with, and you may choose something else.',
    ChoiceReminded: () => 'You have a right to have this put right, and we are waiting for you to choose how.',
    ChoiceOverdue: () => 'You have a right to have this put right, and may choose how whenever you like.',
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

/**
 * The last ruling of a case as a sentence with what it rests on, to be copied into an answer: also what of it was refused or is deducted. Undefined
 * while nothing is ruled.
 */
export function answerOf(told: Envelope[]): Record<Locale, string> | undefined {
  const ruled = told.findLast(({ data }) => reasonsOf(data as Partial<Ruled>) !== undefined)
  if (ruled === undefined) return undefined
  const said = ruled.data as unknown as Ruled
  const { ruled: before = [], deductions = [], outcome, dueOn, guarantees = [] } = said
  const reasons = [...before, ...reasonsOf(said)!]
  const isRequest = ruled.type === 'WithdrawalDeclared' || ruled.type === 'VoluntaryReturnRequested'
  const isOtherwise = isRequest && reasons.some(({ code }) => code === 'decided-otherwise')
  const name = ruled.type === 'ComplaintAssessed' ? outcome! : isOtherwise ? 'OverrideDecided' : ruled.type
  const refused = told.findLast(({ data }) => ((data as Partial<Ruled>).refused?.length ?? 0) > 0)?.data as
    | Pick<Required<Ruled>, 'refused'>
    | undefined
  const currency = told.map(({ data }) => (data as Partial<Ruled>).currency).findLast((each) => each !== undefined)
  const deducted = deductions.reduce((sum, each) => sum + each.amount, 0)
  const amount = said.amount ?? (deducted > 0 ? deducted : undefined)
  const inWords = (locale: Locale) => {
    const say = words[locale]
    const money = (minor: number | undefined) =>
      minor !== undefined && currency ? formatMoney(locale, minor, currency) : ''
    const cited = (all: { reasons: Reason[] }[]) =>
      citedInWords(
        locale,
        all.flatMap((each) => each.reasons),
      )
    const sentence = say[name as 'RefundDecided'] as ((amount: string, day: string) => string) | undefined
    return [
      ...(sentence ? [sentence(money(amount), dueOn ? formatDay(locale, dueOn) : '')] : []),
      say.rests(citedInWords(locale, reasons)),
      ...(said.amount !== undefined && deducted > 0 ? [say.deducted(money(deducted), cited(deductions))] : []),
      ...(refused ? [say.refused(cited(refused.refused))] : []),
      ...guarantees.map(({ until, reasons: why }) =>
        say.guarantee(citedInWords(locale, why), until ? formatDay(locale, until) : ''),
      ),
    ].join(' ')
  }
  return { nb: inWords('nb'), en: inWords('en') }
}

/** What an event rests on, if it rules: of a judgement of goods, what is meant to be deducted. */
function reasonsOf({ reasons, deductions = [] }: Partial<Ruled>): Reason[] | undefined {
  return reasons ?? (deductions.length > 0 ? deductions.flatMap((each) => each.reasons) : undefined)
}
