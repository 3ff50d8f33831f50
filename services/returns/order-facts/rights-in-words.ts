import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import type { LineEntitlements } from '@vilkar/terms/order/entitlements.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { namesIn } from './mails/names.ts'
import type { PlacedFacts } from './projection.ts'

const words = {
  nb: {
    withdrawal: {
      granted: (name: string, by: string) => `Du kan angre på kjøpet av ${name}${by}.`,
      refused: (name: string) => `Du kan ikke angre på kjøpet av ${name}.`,
      review: (name: string, by: string) =>
        `Om du kan angre på kjøpet av ${name}, må en av oss vurdere. Til det er gjort, regner vi med at du kan${by}.`,
    },
    cancel: {
      granted: (name: string) => `Du kan avbestille ${name}, så lenge varen ikke er sendt.`,
      refused: (name: string) => `${name} kan ikke avbestilles.`,
      review: (name: string) =>
        `Om ${name} kan avbestilles, må en av oss vurdere. Til det er gjort, regner vi med at du kan.`,
    },
    voluntaryReturn: {
      granted: (name: string, by: string) =>
        `Etter tilbudet vårt kan du sende ${name} tilbake${by}. Varen må være ubrukt, uskadet og i originalemballasjen, og det ser vi på når den er her.`,
      refused: (name: string) => `Tilbudet vårt om å sende varer tilbake gjelder ikke ${name}.`,
    },
    complaint: {
      granted: (name: string, by: string) => `Er det noe galt med ${name}, kan du reklamere${by}.`,
      refused: (name: string) => `Du kan ikke reklamere på ${name}.`,
      review: (name: string, by: string) =>
        `Om du kan reklamere på ${name}, må en av oss vurdere. Til det er gjort, regner vi med at du kan${by}.`,
    },
    returnCost: {
      seller: (name: string) => `Vi betaler for at ${name} sendes tilbake.`,
      customer: (name: string) => `Du betaler selv for å sende ${name} tilbake.`,
    },
    some: (units: number, name: string) => `${units} stk. av ${name}`,
    gone: (name: string) => `Alt av ${name} er avbestilt, er sendt tilbake eller skal tilbake.`,
    by: (day: string) => `, hvis du sier fra senest ${day}`,
    latest: (day: string) => `, senest ${day}`,
    rests: (cites: string) => `Dette følger av ${cites}.`,
    on: (day: string) => `Slik ville det være ${day}:`,
  },
  en: {
    withdrawal: {
      granted: (name: string, by: string) => `You can withdraw from the purchase of ${name}${by}.`,
      refused: (name: string) => `You cannot withdraw from the purchase of ${name}.`,
      review: (name: string, by: string) =>
        `Whether you can withdraw from the purchase of ${name} is for one of us to judge. Until that is done, we take it that you can${by}.`,
    },
    cancel: {
      granted: (name: string) => `You can cancel ${name}, as long as it has not been sent.`,
      refused: (name: string) => `${name} cannot be cancelled.`,
      review: (name: string) =>
        `Whether ${name} can be cancelled is for one of us to judge. Until that is done, we take it that you can.`,
    },
    voluntaryReturn: {
      granted: (name: string, by: string) =>
        `By our offer you can send ${name} back${by}. It has to be unused, undamaged and in its original packaging, which we look at once it is here.`,
      refused: (name: string) => `Our offer to send goods back does not reach ${name}.`,
    },
    complaint: {
      granted: (name: string, by: string) => `If something is wrong with ${name}, you can complain${by}.`,
      refused: (name: string) => `You cannot complain of ${name}.`,
      review: (name: string, by: string) =>
        `Whether you can complain of ${name} is for one of us to judge. Until that is done, we take it that you can${by}.`,
    },
    returnCost: {
      seller: (name: string) => `We pay for sending ${name} back.`,
      customer: (name: string) => `You pay for sending ${name} back.`,
    },
    some: (units: number, name: string) => `${units} of ${name}`,
    gone: (name: string) => `All of ${name} was cancelled, has gone back or is to go back.`,
    by: (day: string) => `, if you tell us by ${day} at the latest`,
    latest: (day: string) => `, by ${day} at the latest`,
    rests: (cites: string) => `This follows from ${cites}.`,
    on: (day: string) => `This is how it would be on ${day}:`,
  },
}

type Right = 'cancel' | 'withdrawal' | 'voluntaryReturn' | 'complaint'

/**
 * What holds for a line, as paragraphs to be copied into an answer: each right with its last day and what it rests on, in this language.
 * `on`: the day that was asked about, where it is not today. The offer is named only where the law gives nothing better (clause 9).
 */
export function rightsInWords(
  facts: PlacedFacts,
  line: LineEntitlements,
  { locale, on }: { locale: Locale; on?: Temporal.PlainDate },
): string {
  const say = words[locale]
  const name = namesIn(facts)(line.lineId)
  const because = (sentence: string, reasons: readonly Reason[]) =>
    reasons.some(({ cites }) => cites.length > 0) ? `${sentence} ${say.rests(citedInWords(locale, reasons))}` : sentence
  const rulingOf = (right: Right) => {
    const { outcome, until, reasons, except } = line[right]
    const about = except ? say.some(line.returnable - except.quantity, name) : name
    const by = until ? say[right === 'complaint' ? 'latest' : 'by'](formatDay(locale, until)) : ''
    // Whether goods meet the conditions of the offer is seen when they are here: its sentence says so.
    if (right === 'voluntaryReturn')
      return because(say[right][outcome === 'refused' ? outcome : 'granted'](about, by), reasons)
    return because(say[right][outcome](about, by), reasons)
  }
  const { bearer, reasons } = line.returnCost
  return [
    ...(on ? [say.on(formatDay(locale, on))] : []),
    ...(isGone(line) ? [because(say.gone(name), whyGone(line))] : []),
    ...rightsOf(line).map(rulingOf),
    ...(goesBack(line) ? [because(say.returnCost[bearer](name), reasons)] : []),
  ].join('\n\n')
}

/** No unit is left with the customer that is not on its way back, and none here. */
const isGone = ({ returnable, cancellable }: LineEntitlements) => returnable === 0 && cancellable === 0
/** Once nothing is left to complain of either, that says by what. */
const whyGone = ({ complaint }: LineEntitlements) => (complaint.outcome === 'refused' ? complaint.reasons : [])

/** The rights that there is something to say about: of units that are here, or with the customer. */
function rightsOf(line: LineEntitlements): Right[] {
  const { cancellable, quantity, withdrawal, cancel, complaint } = line
  if (isGone(line)) return complaint.outcome === 'refused' ? [] : ['complaint']
  return [
    ...(cancellable > 0 || cancel.outcome === 'refused' ? (['cancel'] as const) : []),
    'withdrawal',
    ...(withdrawal.outcome === 'refused' ? (['voluntaryReturn'] as const) : []),
    ...(cancellable < quantity ? (['complaint'] as const) : []),
  ]
}

const goesBack = ({ returnable, withdrawal, voluntaryReturn }: LineEntitlements) =>
  returnable > 0 && (withdrawal.outcome !== 'refused' || voluntaryReturn.outcome !== 'refused')
