import * as customer from './02-customer.ts'
import * as ending from './04-cancellation.ts'
import * as checkout from './04-checkout.ts'
import * as formation from './04-formation.ts'
import * as prices from './05-prices.ts'
import * as capturing from './06-capture.ts'
import * as payment from './06-payment.ts'
import * as delivery from './07-delivery.ts'
import * as risks from './07-risk.ts'
import * as notice from './08-notice.ts'
import * as refunds from './08-refund.ts'
import * as returning from './08-return.ts'
import * as settlements from './08-settlement.ts'
import * as withdrawal from './08-withdrawal.ts'
import * as voluntaryReturn from './09-voluntary-return.ts'
import * as complaints from './10-complaints.ts'
import * as remedies from './10-remedies.ts'
import * as safety from './11-safety.ts'
import * as liability from './12-liability.ts'
import * as forceMajeure from './13-force-majeure.ts'
import * as changes from './16-changes.ts'
import * as disputes from './17-disputes.ts'

/** The clauses of this edition as functions, by the noun that services ask for. */
export const clauses = {
  customerKind: customer.customerKind,
  legalCapacity: customer.legalCapacity,
  agreement: formation.agreement,
  formation: formation.formation,
  paymentForGoods: formation.paymentForGoods,
  cancellation: ending.cancellation,
  ended: ending.ended,
  sellersWayOut: ending.sellersWayOut,
  correction: ending.correction,
  orderButton: checkout.orderButton,
  durableConfirmation: checkout.durableConfirmation,
  priceDisplay: prices.priceDisplay,
  priceCheck: prices.priceCheck,
  deliveryCost: prices.deliveryCost,
  chargedAsShown: prices.chargedAsShown,
  priceReduction: prices.priceReduction,
  paymentMethod: payment.paymentMethod,
  paymentFee: payment.paymentFee,
  captureTiming: payment.captureTiming,
  capturable: payment.capturable,
  capture: capturing.capture,
  deliveryEstimate: delivery.deliveryEstimate,
  delay: delivery.delay,
  risk: risks.risk,
  riskOf: risks.riskOf,
  transportDamage: risks.transportDamage,
  withdrawal: withdrawal.withdrawal,
  withdrawalPeriod: withdrawal.withdrawalPeriod,
  withdrawalInformation: withdrawal.withdrawalInformation,
  brokenInTransit: withdrawal.brokenInTransit,
  withdrawalNotice: notice.withdrawalNotice,
  sendBackBy: returning.sendBackBy,
  sentBack: returning.sentBack,
  returnCost: returning.returnCost,
  withdrawalFee: returning.withdrawalFee,
  refund: refunds.refund,
  refundDue: refunds.refundDue,
  refundPeriod: refunds.refundPeriod,
  settlement: settlements.settlement,
  voluntaryReturn: voluntaryReturn.voluntaryReturn,
  returnBasis: voluntaryReturn.returnBasis,
  voluntaryRefund: voluntaryReturn.voluntaryRefund,
  voluntaryRefundDue: voluntaryReturn.voluntaryRefundDue,
  complaint: complaints.complaint,
  complaintLimit: complaints.complaintLimit,
  lateComplaint: complaints.lateComplaint,
  presumedAtDelivery: complaints.presumedAtDelivery,
  remedies: remedies.remedies,
  damageByUse: safety.damageByUse,
  liability: liability.liability,
  exclusionHolds: liability.exclusionHolds,
  impediment: forceMajeure.impediment,
  impedimentAllows: forceMajeure.impedimentAllows,
  dispute: disputes.dispute,
  platformLink: disputes.platformLink,
  acceptance: changes.acceptance,
  versionFollowed: changes.versionFollowed,
  edited: changes.edited,
}
