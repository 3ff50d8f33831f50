import type { Terms } from '../editions/terms.ts'
import { assurancesRules } from './assurances.ts'
import { burdenOfProofRules } from './burden-of-proof.ts'
import { cancellationRules } from './cancellation.ts'
import { captureRules } from './capture.ts'
import { changesRules } from './changes.ts'
import { checkoutRules } from './checkout.ts'
import { complaintsRules } from './complaints.ts'
import { customerRules } from './customer.ts'
import { damageByUseRules } from './damage-by-use.ts'
import { deliveryRules } from './delivery.ts'
import { disputesRules } from './disputes.ts'
import { formationRules } from './formation.ts'
import { impedimentRules } from './impediment.ts'
import { latePaymentRules } from './late-payment.ts'
import { liabilityRules } from './liability.ts'
import { paymentRules } from './payment.ts'
import { pricesRules } from './prices.ts'
import { productSafetyRules } from './product-safety.ts'
import { refundRules } from './refund.ts'
import { remediesRules } from './remedies.ts'
import { riskRules } from './risk.ts'
import type { EditionSays } from './rule.ts'
import { sendingBackRules } from './sending-back.ts'
import { settlementRules } from './settlement.ts'
import { transportDamageRules } from './transport-damage.ts'
import { vatRules } from './vat.ts'
import { returnBasis, voluntaryReturnRules } from './voluntary-return.ts'
import { withdrawalRules } from './withdrawal.ts'
import { withdrawalInformationRules } from './withdrawal-information.ts'
import { withdrawalNoticeRules } from './withdrawal-notice.ts'
import { writtenAgreementRules } from './written-agreement.ts'

/** All rules under an edition. A question that no rule answers, or answers otherwise than `Terms` says, does not compile. */
export const applyRules = (says: EditionSays): Terms => ({
  ...assurancesRules(says),
  ...burdenOfProofRules(says),
  ...cancellationRules(says),
  ...captureRules(says),
  ...changesRules(says),
  ...checkoutRules(says),
  ...complaintsRules(says),
  ...customerRules(says),
  ...damageByUseRules(says),
  ...deliveryRules(says),
  ...disputesRules(says),
  ...formationRules(says),
  ...impedimentRules(says),
  ...latePaymentRules(says),
  ...liabilityRules(says),
  ...paymentRules(says),
  ...pricesRules(says),
  ...productSafetyRules(says),
  ...refundRules(says),
  ...remediesRules(says),
  ...riskRules(says),
  ...sendingBackRules(says),
  ...settlementRules(says),
  ...transportDamageRules(says),
  ...vatRules(says),
  ...voluntaryReturnRules(says),
  ...withdrawalNoticeRules(says),
  ...withdrawalRules(says),
  ...withdrawalInformationRules(says),
  ...writtenAgreementRules(says),
  returnBasis,
})
