import { isDeepStrictEqual } from 'node:util'
import type { AgreementEvent } from '@vilkar/contracts/returns.ts'
import { accept, type Decider, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { standing } from '@vilkar/terms/order/agreements.ts'
import { bulkyAmong } from '@vilkar/terms/order/return-costs.ts'
import { inTheFuture } from '../order-facts/notice-moments.ts'
import { lowerPriceOf, whyNotLower } from './lower-price.ts'
import type { Agreement, AgreementCommand } from './state.ts'

/** How an agreement lives: recorded once. Said again alike it is the one that there is; said otherwise it is refused. */
export const decider: Decider<Agreement, AgreementCommand, AgreementEvent> = {
  initial: { status: 'new' },

  decide({ data }, state) {
    const { agreementId, facts, changes, ends, agreedAt, personal, at } = data
    if (state.status === 'recorded') {
      const same = { changes: state.changes, ends: state.ends, agreedAt: state.agreedAt, orderId: state.orderId }
      return isDeepStrictEqual(same, { changes, ends, agreedAt, orderId: facts.orderId }) ? accept() : refuse(RECORDED)
    }
    const ruling = ruledBy(data)
    const wrong =
      inTheFuture('agreedAt', agreedAt, at) ??
      whyNotDelivered(data) ??
      whyNotEnded(data) ??
      whyNotLower(data) ??
      ruling.refusal
    if (wrong) return refuse(wrong)
    const { reasons } = ruling
    const recorded = { changes, ...(ends && { ends }), agreedAt, recordedAt: at, reasons, personal }
    return accept<AgreementEvent>(
      { type: 'AgreementRecorded', data: { agreementId, orderId: facts.orderId, ...recorded } },
      ...lowerPriceOf(data),
    )
  },

  evolve(state, { type, data }) {
    if (type === 'AgreementRecorded') {
      const { personal: _, ...recorded } = data
      return { status: 'recorded', ...recorded }
    }
    if (state.status === 'new') throw new Error(`${type} came before AgreementRecorded`)
    return { ...state, refund: { amount: data.amount, dueOn: data.dueOn } }
  },
}

type Data = AgreementCommand['data']
type Wrong = NonNullable<Decision<AgreementEvent>['refusal']>

const RECORDED = {
  code: 'agreement-recorded',
  detail: 'Another agreement was recorded under this id. Record a new one, which may end it.',
}

/** What it rests on, or why the law does not let it be agreed, with what would be allowed. */
function ruledBy({ facts, changes }: Data) {
  const { outcome, reasons, undercuts } = termsOf(facts.terms.edition).writtenAgreement({
    ...{ customerKind: facts.customerKind, changes },
    returnCostDisclosed: facts.disclosures.returnCost && bulkyAmong(facts.lines).amountDisclosed,
    longLived: facts.lines.some(({ traits }) => traits.longLived ?? true),
  })
  if (outcome !== 'refused') return { reasons }
  const refusal: Wrong = {
    code: 'agreement-undercuts',
    detail: 'A consumer cannot agree to less than the law gives. `undercuts` says what would be allowed.',
    reasons,
    extra: { undercuts: undercuts.map(({ change, allowed }) => ({ change, allowed })) },
  }
  return { reasons, refusal }
}

/** No goods are delivered before they were ordered. */
function whyNotDelivered({ facts, changes: { deliverBy } }: Data): Wrong | undefined {
  const placedOn = osloDay(Temporal.Instant.from(facts.placedAt)).toString()
  if (deliverBy === undefined || deliverBy >= placedOn) return undefined
  return { code: 'delivery-before-order', detail: `deliverBy (${deliverBy}) is before the order (${placedOn}).` }
}

function whyNotEnded({ facts, ends = [] }: Data): Wrong | undefined {
  const holding = new Set(standing(facts.agreements ?? []).map(({ agreementId }) => agreementId))
  const stranger = ends.find((each) => !holding.has(each))
  if (stranger === undefined) return undefined
  const detail = `The order has no agreement ${stranger} that holds, so that none can be ended.`
  return { code: 'agreement-unknown', detail }
}
