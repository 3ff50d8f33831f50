import { because } from '@vilkar/terms/privacy/policy.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { bokforingsloven } from '@vilkar/terms/statute/bokforingsloven.ts'
import { personvernforordningen as gdpr } from '@vilkar/terms/statute/personvernforordningen.ts'
import type { Datum } from './holders.ts'
import type { ExportKind } from './tables.ts'

/** What of an order our services show nobody but those who keep it, and why. */
export const ofEveryOrder = [
  { what: 'staff', reason: because('about-members-of-the-staff', gdpr('Art. 15(4)')) },
  { what: 'ledger', reason: because('accounts-of-the-company', bokforingsloven('§ 13'), gdpr('Art. 15(4)')) },
]

const secret = because('would-let-others-act', gdpr('Art. 15(4)'))
const notGiven = because('not-given-by-the-person', gdpr('Art. 20(1)'))
const foreign = because('about-others', gdpr('Art. 15(4)'))

/** What people give when they order, write or sign in; what others noted about them is seen, and not taken along. */
const GIVEN = ['identity', 'contact', 'address', 'statement', 'login', 'given']

/** Why a datum is not shown; undefined of what is. Source: GDPR Art. 15(4), 20(1). */
export function whyWithheld(kind: ExportKind, { category }: Pick<Datum, 'category'>): Reason | undefined {
  if (category === 'token') return secret
  return kind === 'portability' && !GIVEN.includes(category) ? notGiven : undefined
}

/** Others' data, which another system leaves out of what it delivers and says so. */
export const ofOthers = (): Reason => foreign
