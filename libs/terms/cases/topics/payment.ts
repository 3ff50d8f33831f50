import type { Capture } from '../../rules/capture.ts'
import type { Ruling } from '../../ruling/ruling.ts'
import type { CustomerKind } from '../../ruling/vocabulary.ts'
import { terms } from '../asked-edition.ts'
import { majorUnitsOf, minorUnitsOf } from '../read.ts'
import type { Answer, Topic } from '../runner.ts'

const { capture, paymentFee, paymentMethod } = terms

type Facts = {
  customerType?: CustomerKind
  authorised?: number
  alreadyCaptured?: number
  confirmedTotal?: number
  shipped?: 'all' | 'none'
  shippedLines?: number
  labelCreated?: boolean
  carrierScan?: boolean
  delivery?: number
  firstShipment?: boolean
  earlyCaptureStated?: boolean
  prepayDays?: number
  captureRequest?: number
  cancelled?: boolean
  withdrawn?: boolean
  authExpired?: boolean
  event?: 'shipped'
  eventSeenBefore?: boolean
  method?: string
  surchargePct?: number
}

const ALLOWED = { granted: true, refused: false, review: 'review' } as const

function payment(facts: Facts): Answer {
  const { method, surchargePct, customerType } = facts
  const accepted = method === undefined ? null : ALLOWED[paymentMethod(nameOf(method)).outcome]
  if (surchargePct !== undefined)
    return { allowed: allowedBy(paymentFee({ fee: surchargePct, customerKind: customerType })) }
  if (method !== undefined && facts.authorised === undefined) return { accepted, allowed: accepted }
  const ruling = capture(captureOf(facts))
  return {
    accepted,
    allowed: allowedBy(ruling),
    capture: majorUnitsOf(ruling.amount),
    void: majorUnitsOf(ruling.release),
    action: ruling.action ?? null,
    stopShipment: ruling.stopShipment,
    idempotent: facts.eventSeenBefore ?? false,
  }
}

const allowedBy = ({ outcome }: Ruling) => ALLOWED[outcome]

/** The names that people use for the means of payment, in kebab-case. */
function nameOf(method: string) {
  const name = method.trim().toLowerCase().replaceAll(/\s+/g, '-')
  return name === 'amex' ? 'american-express' : name
}

/** Terms that want the money some days before shipment have said so. */
function captureOf(facts: Facts): Capture {
  const { prepayDays, earlyCaptureStated = prepayDays !== undefined } = facts
  return {
    customerKind: facts.customerType,
    authorised: unitsOf(facts.authorised) ?? 0,
    alreadyCaptured: unitsOf(facts.alreadyCaptured),
    confirmedTotal: unitsOf(facts.confirmedTotal),
    shipped: shippedOf(facts),
    labelOnly: facts.labelCreated === true && facts.carrierScan === false,
    deliveryPrice: unitsOf(facts.delivery),
    deliveryCaptured: facts.firstShipment === false,
    earlyCaptureStated,
    prepaidDays: prepayDays,
    requested: unitsOf(facts.captureRequest),
    cancelled: facts.cancelled,
    withdrawn: facts.withdrawn,
    authorisationExpired: facts.authExpired,
    repeated: facts.eventSeenBefore,
  }
}

/** Whoever asks for an amount, or tells of a scan or a shipment, tells of goods that have gone unless he says otherwise. */
function shippedOf({ shipped, shippedLines, carrierScan, captureRequest, event }: Facts): Capture['shipped'] {
  if (shippedLines !== undefined) return minorUnitsOf(shippedLines)
  if (shipped !== undefined) return shipped
  return carrierScan === true || event === 'shipped' || captureRequest !== undefined ? 'all' : 'none'
}

const unitsOf = (amount: number | undefined) => (amount === undefined ? undefined : minorUnitsOf(amount))

export const paymentTopics: Record<string, Topic> = { capture: payment }
