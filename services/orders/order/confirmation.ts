import type {
  ConfirmationBounced,
  ContractFormed,
  ContractReconfirmed,
  EmailCorrected,
} from '@vilkar/contracts/orders-contract.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { type DataOf, type PlacedOrder, termsFor } from './state.ts'

/** The contract is formed by a mail that reaches the customer: what became of it, and where it ought to have gone. */

/** Mail servers quote the address that they refuse; facts hold no personal data. */
export const withoutAddresses = (text: string) => text.replaceAll(/[^\s<>()"',:;]+@[^\s<>()"',:;]+/g, '…')

const awaitsConfirmation = ({ status }: PlacedOrder) => status === 'awaiting-confirmation' || status === 'unformed'

/** The mail server took the confirmation: a contract is formed, or one that stood is confirmed to the right address. */
export function confirm(
  { orderId, at, messageId, documents, withdrawalFunction }: DataOf<'ConfirmContract'>,
  state: PlacedOrder,
) {
  const told = withdrawalFunction && { withdrawalFunction }
  if (state.reconfirming && state.formedAt !== undefined) {
    const data = { orderId, reconfirmedAt: at, messageId, ...(documents && { documents }), ...told }
    return accept({ type: 'ContractReconfirmed', data } satisfies ContractReconfirmed)
  }
  if (!awaitsConfirmation(state)) return accept()
  const { reasons } = termsFor(state).formation({ confirmationAcceptedAt: Temporal.Instant.from(at) })
  const data = { orderId, formedAt: at, messageId, documents, ...told, reasons }
  return accept({ type: 'ContractFormed', data } satisfies ContractFormed)
}

export function bounce({ orderId, at, cause }: DataOf<'BounceConfirmation'>, state: PlacedOrder) {
  if (state.status !== 'awaiting-confirmation' && state.status !== 'formed') return accept()
  const { outcome, reasons } = termsFor(state).formation({
    bouncedAt: Temporal.Instant.from(at),
    ...(state.formedAt && { confirmationAcceptedAt: Temporal.Instant.from(state.formedAt) }),
  })
  if (outcome === 'granted') return accept()
  const wasFormed = state.status === 'formed'
  const data = { orderId, bouncedAt: at, cause: withoutAddresses(cause), wasFormed, reasons }
  return accept({ type: 'ConfirmationBounced', data } satisfies ConfirmationBounced)
}

/**
 * Mails go to another address, and so does a confirmation anew. While there is no contract the customer may say so; later only
 * the seller's people, since whoever has the address has what is written to it.
 */
export function correctEmail(
  { orderId, at, email, from, byStaff, by, why }: DataOf<'CorrectEmail'>,
  state: PlacedOrder,
) {
  const open = state.status === 'awaiting-payment' || awaitsConfirmation(state)
  if (!open && !byStaff)
    return refuse({
      code: 'email-settled',
      detail: `The order is ${state.status}: from its confirmation on only the shop’s own people correct the address.`,
    })
  // Where it bounced the same address may be tried again.
  if (email === from && state.status !== 'unformed') return accept()
  const said = { ...(from !== undefined && { from }), ...(by && { by }), ...(why && { why }) }
  const wasFormed = state.formedAt !== undefined
  const data = { orderId, correctedAt: at, wasFormed, personal: { email, ...said } }
  return accept({ type: 'EmailCorrected', data } satisfies EmailCorrected)
}

/** What the correction of the address leaves to be confirmed: a contract that is to be formed, or one that stands. */
export function afterCorrection(state: PlacedOrder): PlacedOrder {
  if (awaitsConfirmation(state)) return { ...state, status: 'awaiting-confirmation', bounced: undefined }
  return state.formedAt === undefined || state.status === 'cancelled' ? state : { ...state, reconfirming: true }
}
