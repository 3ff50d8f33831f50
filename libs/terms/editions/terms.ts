import type { ReturnedUnits } from '../amounts/portion.ts'
import type { VatPart } from '../amounts/vat.ts'
import type { Country } from '../calendar.ts'
import type { GuaranteeFacts } from '../rules/assurances.ts'
import type { Defect } from '../rules/burden-of-proof.ts'
import type { Cancellation, CancellationRuling, Correction, SellersWayOut } from '../rules/cancellation.ts'
import type { Capturable, Capture, CaptureRuling } from '../rules/capture.ts'
import type { Ordered, Seen } from '../rules/changes.ts'
import type { DurableConfirmation, LabelledGuarantee, Told } from '../rules/checkout.ts'
import type { Complaint, ComplaintLimit, ComplaintProduct, ComplaintRuling } from '../rules/complaints.ts'
import type { Customer } from '../rules/customer.ts'
import type { Damage } from '../rules/damage-by-use.ts'
import type { Delay, DelayRuling } from '../rules/delivery.ts'
import type { Dispute, DisputeRoute } from '../rules/disputes.ts'
import type { Agreement, Confirmation, OrderEvent } from '../rules/formation.ts'
import type { HeldAgainst, Impediment, ImpedimentRuling } from '../rules/impediment.ts'
import type { LateInterest, LatePayment } from '../rules/late-payment.ts'
import type { Loss, Unless } from '../rules/liability.ts'
import type {
  AnnouncedReduction,
  DeliveryCost,
  PriceCheck,
  PriceDisplay,
  PricedFor,
  PriceHistory,
  PriceReduction,
} from '../rules/prices.ts'
import type { Packed } from '../rules/product-safety.ts'
import type { Refund, RefundAmount, RefundDue, RefundDueRuling } from '../rules/refund.ts'
import type { DefectFacts, RemediesRuling } from '../rules/remedies.ts'
import type { Bearer, Risk, RiskFacts, RiskRuling } from '../rules/risk.ts'
import type { ReturnCost } from '../rules/sending-back.ts'
import type { Settlement, SettlementRuling } from '../rules/settlement.ts'
import type { TransportDamage } from '../rules/transport-damage.ts'
import type { DeliveryPriced } from '../rules/vat.ts'
import type { VoluntaryReturn, VoluntaryReturnRuling } from '../rules/voluntary-return.ts'
import type { PeriodFacts, Withdrawal, WithdrawalPeriod, WithdrawalRuling } from '../rules/withdrawal.ts'
import type { WithdrawalInformation } from '../rules/withdrawal-information.ts'
import type { Notice, NoticeRuling } from '../rules/withdrawal-notice.ts'
import type { WrittenAgreement, WrittenAgreementRuling } from '../rules/written-agreement.ts'
import type { Weighed } from '../ruling/better-of.ts'
import type { Reason, Ruling } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import type { DigitalSupply } from '../statute/forbrukerkjopsloven.ts'
import type { Destination } from '../statute/merverdiavgiftsloven.ts'

type Because = { reasons: Reason[] }

/**
 * What can be asked of the terms of an edition: `termsOf(edition).withdrawal(facts)`. Every edition of every seller answers
 * the same questions; the answers rest on its own figures and cite its own sentences. Rules are pure: what they look at is in
 * the facts. What each of them says, and by which law, stands with the rule in `rules/`.
 */
export type Terms = {
  // Who buys, and whether there is an agreement.
  customerKind: (customer: Customer) => { kind: CustomerKind; termsUndercut: boolean } & Because
  legalCapacity: (buyer: {
    age?: number
    ownMeans?: boolean
    earned?: boolean
  }) => Ruling & { guardianConsentNeeded: boolean }
  orderButton: (button: { label: string; customerKind: CustomerKind }) => Ruling
  guaranteeNotice: (told: Told) => Ruling | undefined
  durabilityLabel: (guarantee: LabelledGuarantee, told: Told) => Ruling | undefined
  agreement: (events: readonly OrderEvent[]) => Agreement
  formation: (confirmation: Confirmation) => Ruling & { formedAt?: Temporal.Instant }
  durableConfirmation: (facts: DurableConfirmation) => { mayHandOver: boolean; violation: boolean } & Because
  offerBinds: () => Because
  paymentForGoods: (goods: { ordered: boolean }) => Ruling
  cancellation: (facts: Cancellation) => CancellationRuling
  ended: (how: 'cancelled' | 'returned') => Ruling
  sellersWayOut: (facts: Omit<Cancellation, 'by' | 'dispatched'> & { automatic?: boolean }) => SellersWayOut
  correction: (facts: Correction) => Ruling & { agreedTotal?: number; needsNewAcceptance: boolean }
  // What was agreed with one customer.
  writtenAgreement: (facts: WrittenAgreement) => WrittenAgreementRuling
  decidedOtherwise: (override: { overrideId: string; decidedOn: string }) => { reasons: [Reason] }
  beyondDuty: () => Because
  agreedInWriting: (agreement: { agreementId: string; agreedOn: string; text: string }) => { reasons: [Reason] }
  // Prices and payment. Amounts are in the currency's smallest unit.
  priceDisplay: (facts: PricedFor) => PriceDisplay
  priceCheck: (facts: PricedFor & { shown: 'incl' | 'excl' | 'both' | 'unlabelled' }) => PriceCheck
  deliveryCost: (facts: DeliveryCost) => Ruling & { owed: number; blocksCheckout: boolean }
  chargedAsShown: (totals: { shownTotal: number; chargedTotal: number }) => Ruling
  priceReduction: (facts: PriceReduction) => Ruling & { greatestPercent: number }
  announcedReduction: (facts: PriceHistory) => AnnouncedReduction | undefined
  placeOfSupply: (to: Destination) => { exported: boolean } & Because
  deliveryVat: (facts: DeliveryPriced) => { parts: VatPart[] } & Because
  /** The method is in kebab-case: `visa`, `american-express` … */
  paymentMethod: (method: string) => Ruling
  paymentFee: (facts: { fee: number; customerKind?: CustomerKind }) => Ruling
  captureTiming: (facts: {
    earlyCaptureStated: boolean
    customerKind?: CustomerKind
  }) => { timing: 'at-shipment' | 'early' } & Because
  capturable: (facts: Capturable) => { amount: number } & Because
  capture: (facts: Capture) => CaptureRuling
  priceOwed: (facts: { customerKind: CustomerKind }) => Ruling
  // Delivery and risk.
  deliveryEstimate: (
    facts: Pick<Delay, 'customerKind' | 'confirmedAt'>,
  ) => Record<'from' | 'to', Temporal.PlainDate> & { latest?: Temporal.PlainDate } & Because
  delay: (facts: Delay) => DelayRuling
  risk: (facts: Risk) => Bearer
  riskOf: (facts: RiskFacts) => RiskRuling
  transportDamage: (damage: TransportDamage) => Ruling & { late: boolean }
  // Withdrawal, and what follows from it.
  withdrawal: (facts: Withdrawal) => WithdrawalRuling
  withdrawalPeriod: (facts: PeriodFacts) => WithdrawalPeriod | undefined
  withdrawalInformation: (facts: WithdrawalInformation) => { complete: boolean } & Because
  withdrawalNotice: (notice: Notice) => NoticeRuling
  notBought: () => Ruling
  withdrawalFee: (fee: number) => { owed: 0; allowed: boolean } & Because
  brokenInTransit: () => { defect: true } & Because
  sendBackBy: (noticeAt: Temporal.Instant, country?: Country) => { lastDay: Temporal.PlainDate } & Because
  sentBack: (facts: {
    noticeAt: Temporal.Instant
    sentAt: Temporal.Instant
    country?: Country
  }) => { lastDay: Temporal.PlainDate; inTime: boolean; withdrawalStands: boolean } & Because
  collection: (facts: { noticeAt: Temporal.Instant }) => { lastDay: Temporal.PlainDate; bearer: 'seller' } & Because
  returnCost: (facts: ReturnCost) => { bearer: 'seller' | 'customer'; termsUndercut: boolean } & Because
  refund: (facts: Refund) => RefundAmount
  refundDue: (facts: RefundDue) => RefundDueRuling
  refundPeriod: () => Omit<Weighed<number>, 'value'> & { days: number } & Because
  settlement: (facts: Settlement) => SettlementRuling
  lateInterest: (payment: LatePayment) => LateInterest
  // The voluntary return.
  voluntaryReturn: (facts: VoluntaryReturn) => VoluntaryReturnRuling
  returnBasis: (rulings: {
    withdrawal: Pick<Ruling, 'outcome'>
    voluntaryReturn: Pick<Ruling, 'outcome'>
  }) => 'statutory' | 'voluntary' | undefined
  voluntaryRefund: (facts: { lines: ReturnedUnits[]; orderDiscount?: number }) => {
    amount: number
    parts: { lines: number[]; delivery: number }
    returnCost: { bearer: 'customer' } & Because
  } & Because
  voluntaryBeside: (facts: { withdrawal: Pick<Ruling, 'outcome'>; withCustomer: boolean }) => Ruling
  voluntaryConditions: (facts: Pick<VoluntaryReturn, 'unused' | 'undamaged' | 'originalPackaging'>) => Because
  voluntaryRefundDue: (facts: { goodsReceivedAt?: Temporal.Instant }) => { dueOn?: Temporal.PlainDate } & Because
  // Defects and damage.
  complaint: (facts: Complaint) => ComplaintRuling
  complaintLimit: (product: ComplaintProduct) => ComplaintLimit
  lateComplaint: (facts: Pick<Complaint, 'customerKind' | 'sellerAtFault'>) => Ruling
  presumedAtDelivery: (defect: Defect) => { presumed: boolean; lastDay?: Temporal.PlainDate } & Because
  guarantee: (facts: GuaranteeFacts) => Ruling & { lastDay?: Temporal.PlainDate; answers?: Ruling }
  updates: (
    facts: DigitalSupply & {
      customerKind: CustomerKind
      contractAt: Temporal.Instant
      deliveredAt?: Temporal.Instant
      at: Temporal.Instant
    },
  ) => (Ruling & { lastDay?: Temporal.PlainDate }) | undefined
  remedies: (facts: DefectFacts) => RemediesRuling
  longerLiability: (facts: {
    customerKind: CustomerKind
    country: Country
    contractAt: Temporal.Instant
  }) => { repairMonths?: number } & Because
  remedyRefundDue: (facts: {
    customerKind: CustomerKind
    remedy: 'price-reduction' | 'rescission' | 'never-arrived'
    from?: Temporal.Instant
  }) => { dueOn?: Temporal.PlainDate } & Because
  replacedGoods: (facts: { customerKind: CustomerKind }) => Ruling
  cureFailed: (facts: { customerKind: CustomerKind; done: boolean; timeIsOver: boolean }) => Ruling
  complainedOf: () => Ruling
  damageByUse: (damage: Damage) => Ruling & { sellerLiable: boolean }
  // Goods that are critical to safety.
  packing: (packed: Packed) => Ruling
  recall: (facts: { customerKind: CustomerKind }) => Ruling
  // What the seller answers for, and where disputes go.
  liability: (facts: Loss) => Ruling & { liable: boolean; unless?: Unless }
  exclusionHolds: (facts: Omit<Loss, 'loss'>) => boolean
  impediment: (facts: Impediment) => ImpedimentRuling
  impedimentAllows: (facts: Impediment, right: HeldAgainst) => boolean
  dispute: (dispute: Dispute) => DisputeRoute
  platformLink: (on?: Temporal.PlainDate) => { allowed: boolean } & Because
  // Which edition a purchase follows.
  acceptance: (facts: { shownSha256: string; inForceSha256?: string }) => Ruling
  versionFollowed: (ordered: Ordered) => Ruling & { version?: string }
  edited: (seen: Seen) => { newVersion: boolean; alert: boolean } & Because
}
