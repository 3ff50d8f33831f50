import * as formation from './04-formation.ts'
import * as prices from './05-prices.ts'
import * as payment from './06-payment.ts'
import * as delivery from './07-delivery.ts'
import * as refunds from './08-refund.ts'
import * as withdrawal from './08-withdrawal.ts'
import * as voluntaryReturn from './09-voluntary-return.ts'
import * as complaints from './10-complaints.ts'
import * as changes from './16-changes.ts'

/** The clauses of this edition as functions, by the noun that services ask for. */
export const clauses = {
  formation: formation.formation,
  cancellation: formation.cancellation,
  ended: formation.ended,
  priceDisplay: prices.priceDisplay,
  paymentMethod: payment.paymentMethod,
  captureTiming: payment.captureTiming,
  capturable: payment.capturable,
  deliveryEstimate: delivery.deliveryEstimate,
  risk: delivery.risk,
  transportDamage: delivery.transportDamage,
  withdrawal: withdrawal.withdrawal,
  sendBackBy: withdrawal.sendBackBy,
  returnCost: withdrawal.returnCost,
  refund: refunds.refund,
  refundDue: refunds.refundDue,
  voluntaryReturn: voluntaryReturn.voluntaryReturn,
  voluntaryRefund: voluntaryReturn.voluntaryRefund,
  voluntaryRefundDue: voluntaryReturn.voluntaryRefundDue,
  complaint: complaints.complaint,
  acceptance: changes.acceptance,
}
