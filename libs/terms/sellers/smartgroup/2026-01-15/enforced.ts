import { text as customer } from './02-customer.ts'
import { text as cancellation } from './04-cancellation.ts'
import { text as formation } from './04-formation.ts'
import { text as prices } from './05-prices.ts'
import { text as payment } from './06-payment.ts'
import { text as delivery } from './07-delivery.ts'
import { text as risk } from './07-risk.ts'
import { text as withdrawal } from './08-withdrawal.ts'
import { text as voluntaryReturn } from './09-voluntary-return.ts'
import { text as complaints } from './10-complaints.ts'
import { text as remedies } from './10-remedies.ts'
import { text as safety } from './11-safety.ts'
import { text as liability } from './12-liability.ts'
import { text as forceMajeure } from './13-force-majeure.ts'
import { text as changes } from './16-changes.ts'
import { text as disputes } from './17-disputes.ts'

/** The sentences that code enforces, under the name of the clause file that holds them; the others are in unenforced.ts. */
export const enforced: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '02-customer': customer,
  '04-cancellation': cancellation,
  '04-formation': formation,
  '05-prices': prices,
  '06-payment': payment,
  '07-delivery': delivery,
  '07-risk': risk,
  '08-withdrawal': withdrawal,
  '09-voluntary-return': voluntaryReturn,
  '10-complaints': complaints,
  '10-remedies': remedies,
  '11-safety': safety,
  '12-liability': liability,
  '13-force-majeure': forceMajeure,
  '16-changes': changes,
  '17-disputes': disputes,
}
