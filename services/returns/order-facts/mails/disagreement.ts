import { osloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { PlacedFacts } from '../projection.ts'

const words = {
  nb: {
    write: 'Er du uenig, så svar på denne e-posten.',
    bodies: (mediator: string, tribunal: string) =>
      `Blir vi ikke enige, kan du ta saken til ${mediator}, og deretter til ${tribunal}.`,
  },
  en: {
    write: 'If you disagree, answer this mail.',
    bodies: (mediator: string, tribunal: string) =>
      `If we do not come to agree, you can take the matter to ${mediator}, and after that to ${tribunal}.`,
  },
}

/** Who helps a customer that disagrees with a no: a consumer may go on to the bodies that mediate and decide (forbrukerklageloven). */
export function disagreement({ locale, customerKind, country, terms }: PlacedFacts, at: Temporal.Instant): string {
  const say = words[locale]
  const { mediator, tribunal } = termsOf(terms.edition).dispute({ customerKind, country, on: osloDay(at) })
  return mediator && tribunal ? `${say.write} ${say.bodies(mediator, tribunal)}` : say.write
}
