import { formatDay } from '@vilkar/mail/mail.ts'
import { eligibility, type LineEntitlements } from '@vilkar/terms/order/entitlements.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { guaranteesOn } from '../guarantees.ts'
import type { PlacedFacts } from '../projection.ts'
import { guaranteesInWords } from './guarantees.ts'
import { namesIn } from './names.ts'

const words = {
  nb: {
    possible: 'Dette kan du fortsatt gjøre:',
    withdrawal: (name: string, day?: string) =>
      `${name}: angre på kjøpet${day ? `, hvis du sier fra senest ${day}` : ''}. Det gir deg mer enn tilbudet vårt.`,
    cancel: (name: string) => `${name}: avbestille det, så lenge det ikke er sendt.`,
    voluntary: (name: string, day?: string) =>
      `${name}: sende det tilbake frivillig, ubrukt og i originalemballasjen${day ? `, hvis du ber om det senest ${day}` : ''}. Du betaler frakten.`,
    complaint: (name: string, day?: string) =>
      `${name}: reklamere hvis det er noe galt med det${day ? `, senest ${day}` : ''}.`,
  },
  en: {
    possible: 'This is what you can still do:',
    withdrawal: (name: string, day?: string) =>
      `${name}: withdraw from the purchase${day ? `, if you tell us by ${day} at the latest` : ''}. That gives you more than our offer.`,
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
  const { locale } = facts
  const lines = eligibility(facts, at, 'all-known').lines.filter(({ lineId }) => concerns(lineId))
  const possible = lines.flatMap((line) => possibilities(line, locale, namesIn(facts)(line.lineId)))
  return [
    ...(possible.length > 0 ? [[words[locale].possible, ...possible].join('\n')] : []),
    ...guaranteesInWords(facts, guaranteesOn(lines, lines)),
  ]
}

function possibilities(line: LineEntitlements, locale: Locale, name: string): string[] {
  const { withdrawal, voluntaryReturn, complaint, returnable, cancellable, quantity } = line
  const say = words[locale]
  const day = (until: string | undefined) => until && formatDay(locale, until)
  const isOpen = ({ outcome }: { outcome: string }) => outcome !== 'refused'
  const canWithdraw = returnable > 0 && isOpen(withdrawal)
  const isWithCustomer = cancellable < quantity
  return [
    ...(canWithdraw ? [say.withdrawal(name, day(withdrawal.until))] : []),
    ...(!canWithdraw && cancellable > 0 && isOpen(line.cancel) ? [say.cancel(name)] : []),
    ...(!canWithdraw && returnable > cancellable && isOpen(voluntaryReturn)
      ? [say.voluntary(name, day(voluntaryReturn.until))]
      : []),
    ...(isWithCustomer && isOpen(complaint) ? [say.complaint(name, day(complaint.until))] : []),
  ]
}
