import { formatDay } from '@vilkar/mail/mail.ts'
import { eligibility, type LineEntitlements } from '@vilkar/terms/order/entitlements.ts'
import { guaranteesOn } from '../guarantees.ts'
import type { PlacedFacts } from '../projection.ts'
import { guaranteesInWords } from './guarantees.ts'
import { namesIn } from './names.ts'

const words = {
  nb: {
    possible: 'Dette kan du fortsatt gjøre:',
    withdrawal: (name: string, day?: string) =>
      `${name}: angre på kjøpet${day ? `, hvis du sier fra senest ${day}` : ''}.`,
    better: 'Det gir deg mer enn tilbudet vårt.',
    cancel: (name: string) => `${name}: avbestille det, så lenge det ikke er sendt.`,
    voluntary: (name: string, day?: string) =>
      `${name}: sende det tilbake frivillig, ubrukt og i originalemballasjen${day ? `, hvis du ber om det senest ${day}` : ''}. Du betaler frakten.`,
    complaint: (name: string, day?: string) =>
      `${name}: reklamere hvis det er noe galt med det${day ? `, senest ${day}` : ''}.`,
  },
  en: {
    possible: 'This is what you can still do:',
    withdrawal: (name: string, day?: string) =>
      `${name}: withdraw from the purchase${day ? `, if you tell us by ${day} at the latest` : ''}.`,
    better: 'That gives you more than our offer.',
    cancel: (name: string) => `${name}: cancel it, as long as it has not left us.`,
    voluntary: (name: string, day?: string) =>
      `${name}: send it back by our offer, unused and in its original packaging${day ? `, if you ask by ${day} at the latest` : ''}. You pay the way back.`,
    complaint: (name: string, day?: string) =>
      `${name}: complain if something is wrong with it${day ? `, by ${day} at the latest` : ''}.`,
  },
}

/**
 * What a customer who was told no can still do with these lines, and the guarantees on them, a paragraph each. The offer to send goods back
 * is named only where the law gives nothing better (clause 9; angrerettloven § 3).
 */
export function stillPossible(
  facts: PlacedFacts,
  at: Temporal.Instant,
  concerns: (lineId: string) => boolean = () => true,
): string[] {
  const say = words[facts.locale]
  const lines = linesOf(facts, at, concerns)
  const possible = lines.flatMap((line) => {
    const { withdrawal, otherwise, complaint } = possibilities(line, facts)
    return [...withdrawal.map((said) => `${said} ${say.better}`), ...otherwise, ...complaint]
  })
  return [...asParagraph(facts, possible), ...guaranteesInWords(facts, guaranteesOn(lines, lines))]
}

/** The same for a customer who complained of these lines and was told no, which is about another right; `also` is what they can do of that one. */
export const possibleBesideComplaint = (
  facts: PlacedFacts,
  at: Temporal.Instant,
  concerns: (lineId: string) => boolean,
  also: string[],
): string[] =>
  asParagraph(facts, [
    ...also,
    ...linesOf(facts, at, concerns).flatMap((line) => {
      const { withdrawal, otherwise } = possibilities(line, facts)
      return [...withdrawal, ...otherwise]
    }),
  ])

/** The same for a customer whose goods did not meet the conditions of the offer: that one is not made to them twice. */
export const possibleBesideOffer = (
  facts: PlacedFacts,
  at: Temporal.Instant,
  concerns: (lineId: string) => boolean,
): string[] =>
  asParagraph(
    facts,
    linesOf(facts, at, concerns).flatMap((line) => {
      const { withdrawal, complaint } = possibilities(line, facts)
      return [...withdrawal, ...complaint]
    }),
  )

/** The lines that a no was about. */
export const isOneOf = (lines: readonly { lineId: string }[]) => (lineId: string) =>
  lines.some((line) => line.lineId === lineId)

/** What else can still be done, in the words of a mail, each on a line. */
export const alsoPossible = (facts: Pick<PlacedFacts, 'locale'>, ways: string[]) => asParagraph(facts, ways)

const linesOf = (facts: PlacedFacts, at: Temporal.Instant, concerns: (lineId: string) => boolean) =>
  eligibility(facts, at, 'all-known').lines.filter(({ lineId }) => concerns(lineId))

const asParagraph = ({ locale }: Pick<PlacedFacts, 'locale'>, possible: string[]) =>
  possible.length > 0 ? [[words[locale].possible, ...possible].join('\n')] : []

function possibilities(line: LineEntitlements, facts: PlacedFacts) {
  const { withdrawal, voluntaryReturn, complaint, returnable, cancellable, quantity } = line
  const { locale } = facts
  const name = namesIn(facts)(line.lineId)
  const say = words[locale]
  const day = (until: string | undefined) => until && formatDay(locale, until)
  const isOpen = ({ outcome }: { outcome: string }) => outcome !== 'refused'
  const canWithdraw = returnable > 0 && isOpen(withdrawal)
  const isWithCustomer = cancellable < quantity
  return {
    withdrawal: canWithdraw ? [say.withdrawal(name, day(withdrawal.until))] : [],
    otherwise: [
      ...(!canWithdraw && cancellable > 0 && isOpen(line.cancel) ? [say.cancel(name)] : []),
      ...(!canWithdraw && returnable > cancellable && isOpen(voluntaryReturn)
        ? [say.voluntary(name, day(voluntaryReturn.until))]
        : []),
    ],
    complaint: isWithCustomer && isOpen(complaint) ? [say.complaint(name, day(complaint.until))] : [],
  }
}
