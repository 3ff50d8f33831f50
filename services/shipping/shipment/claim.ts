import type { CarrierClaimAnswered } from '@vilkar/contracts/shipping-damage.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import type { CommandData } from './commands.ts'
import type { RequestedShipment } from './state.ts'

/**
 * What the carrier said to a claim, or that it has paid; an answer that is no refusal has its amount, in minor units. Nobody answers what they were
 * not told; a refusal may be overcome, and after it has paid nothing more is expected. Said twice it is said once.
 */
export function answerClaim(
  { shipmentId, at, reportId, answer, amount, currency, by, reference }: CommandData<'AnswerClaim'>,
  { requested: { orderId }, damages = [] }: RequestedShipment,
) {
  const report = damages.find((each) => each.reportId === reportId)
  if (report === undefined)
    return refuse({ code: 'damage-report-unknown', detail: 'Nothing was reported under this id of this shipment.' })
  if (!report.claimed)
    return refuse({
      code: 'carrier-not-told',
      detail: 'Nothing was claimed of the carrier yet: PUT /damage-reports/{id}/claim.',
    })
  const said = { answer, ...(answer !== 'refused' && { amount, currency }) }
  const { answered: before } = report
  if (before?.answer === answer && before.amount === said.amount && before.currency === said.currency) return accept()
  if (before?.answer === 'paid')
    return refuse({ code: 'claim-settled', detail: 'The carrier has paid: nothing more is expected of it.' })
  if (answer !== 'refused' && (amount === undefined || currency === undefined))
    return refuse({ code: 'amount-missing', detail: 'What it will pay, or has paid, and in which currency.' })
  const personal = { by, ...(reference && { reference }) }
  const data = { reportId, shipmentId, orderId, ...said, answeredAt: at, personal }
  return accept({ type: 'CarrierClaimAnswered', data } satisfies CarrierClaimAnswered)
}

/** What is kept of an answer in the state. */
export const answerIn = ({ answer, amount, currency }: CarrierClaimAnswered['data']) => ({
  answer,
  ...(amount !== undefined && { amount, currency }),
})
