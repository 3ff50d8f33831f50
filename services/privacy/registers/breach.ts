import { breachNotice } from '@vilkar/terms/privacy/breach-notice.ts'
import { breach as dutiesOf } from '@vilkar/terms/privacy/requests.ts'

export type Risk = 'none' | 'risk' | 'high'

/** The facts of a breach; moments are RFC 3339. What people wrote stands apart. */
export type Breach = {
  controller: string
  foundAt: string
  openedAt: string
  risk: Risk
  categories: string[]
  people?: number
  /** The authority was told, and the number that it gave. */
  reportedAt?: string
  reference?: string
  peopleToldAt?: string
  closedAt?: string
}

/** What whoever handles it wrote, and who that is, by the subject of their token. */
export type BreachPersonal = {
  by: string
  nature: string
  contact?: string
  consequences?: string
  measures?: string
  reportedBy?: string
  /** Why the authority was told late. */
  delay?: string
  toldBy?: string
  /** How people were told. */
  how?: string
  closedBy?: string
  outcome?: string
}

/** By when whom and what is told of a breach, and what of it is still owed; each duty rests on its article. */
export function owed(state: Breach, { nature, contact, consequences, measures }: BreachPersonal) {
  const { authorityBy, tellPeople, reasons } = dutiesOf({
    foundAt: Temporal.Instant.from(state.foundAt),
    risk: state.risk,
  })
  const { categories, people } = state
  return {
    authorityBy,
    tellPeople,
    reasons,
    notice: breachNotice(state.risk, { nature, contact, consequences, measures, categories, people }),
    open: [
      ...(authorityBy !== undefined && state.reportedAt === undefined ? (['authority'] as const) : []),
      ...(tellPeople && state.peopleToldAt === undefined ? (['people'] as const) : []),
    ],
  }
}

/** Whether a moment is after the 72 hours: then the notice says why it was late (GDPR Art. 33(1)). */
export function isLate(state: Breach, at: Temporal.Instant) {
  const { authorityBy } = dutiesOf({ foundAt: Temporal.Instant.from(state.foundAt), risk: state.risk })
  return authorityBy !== undefined && Temporal.Instant.compare(at, authorityBy) > 0
}
