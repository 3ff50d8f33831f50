import type { Refusal } from '@vilkar/decider/decider.ts'
import type { DeclineReason, Failure } from '@vilkar/payments/port.ts'
import type { LastResult, Operation } from './operation.ts'

const STATES: Record<Operation['status'], string> = {
  planned: 'It has not been sent to the payment provider yet.',
  'waiting-for-capture': 'Less was captured than it gives back: it waits for the rest.',
  sent: 'It was sent to the payment provider, and its outcome is not known yet.',
  done: 'It was carried out.',
  declined: 'The payment provider refused it; a person decides what to do.',
  claimed: 'It could not be taken, and is claimed of the customer.',
  ambiguous: 'It cannot be told what became of it; a person decides.',
}

const REASONS: Record<DeclineReason, string> = {
  invalid_request: 'The provider found a mistake in what was asked.',
  not_found: 'The provider does not know the payment.',
  not_allowed: 'The provider does not allow it for this payment.',
  not_supported: 'The provider cannot do it.',
  already_paid: 'The payment has been made already.',
  risk_rejected: 'The provider turned the customer down.',
  payment_method_failed: "The customer's means of payment could not be charged.",
  exceeds_authorisation: 'It is more than what is authorised and not captured.',
  exceeds_captured: 'It is more than what was captured and not refunded.',
  not_captured: 'Nothing was captured that could be refunded.',
  authorisation_expired: 'The authorisation has run out.',
  authorisation_cancelled: 'The authorisation was cancelled.',
}

const CAUSES: Record<Exclude<Failure, { kind: 'declined' }>['cause'], string> = {
  unreachable: 'The provider could not be reached.',
  throttled: 'The provider asked us to wait.',
  misconfigured: 'The provider did not accept our credentials.',
  timeout: 'The provider did not answer in time.',
  connection_lost: 'The connection to the provider was lost.',
  server_error: 'The provider had a fault of its own.',
  conflict: 'The provider says that it conflicts with something else.',
  bad_response: 'The provider answered what could not be understood.',
}

const PENDING: Record<string, string> = {
  fraud_review: 'The provider is still reviewing the payment.',
  provider_processing: 'The provider is still at work on it.',
}

/** Why what the provider did does not fit: by the constraint of the ledger that it breaks, or by what happened meanwhile. */
const MISFITS: Record<string, string> = {
  moved_by_hand_meanwhile: 'part of it was moved by hand meanwhile',
  captured_within_authorised: 'more would be taken and let go than was authorised',
  refunded_within_captured: 'more would be paid back than was taken',
  refunded_within_captured_by_line: 'more would be paid back for a line than was taken for it',
  units_refunded_within_captured: 'more units of a line would be paid back than were paid for',
  ledger_entry_order_id_kind_provider_id_key: 'that movement is booked already, for something else',
}

/** How far a money operation has come and what was last heard of it, as sentences. Never what was sent, nor by whom. */
export function wordsFor({ status, lastResult }: Pick<Operation, 'status' | 'lastResult'>) {
  if (status === 'declined' && lastResult?.reason === 'order_cancelled')
    return { state: 'It was not needed any more: the order was cancelled before it was sent.', lastResult: undefined }
  return { state: STATES[status], lastResult: lastResult && sentenceOf(lastResult) }
}

function sentenceOf({ kind, reason = '', cause = '' }: LastResult): string | undefined {
  switch (kind) {
    case 'declined':
      return REASONS[reason as DeclineReason]
    case 'pending':
      return PENDING[reason]
    case 'not_sent':
    case 'unknown':
      return CAUSES[cause as keyof typeof CAUSES]
    case 'ambiguous':
      return 'More than one movement in the books of the provider could be this one.'
    case 'does_not_fit':
      return `The provider did it, but it does not fit the ledger: ${MISFITS[reason] ?? reason}.`
  }
  return undefined
}

/** Why what a person says of an operation is refused. */
export const notRefused: Refusal = {
  code: 'operation-not-refused',
  detail: 'Only a capture that the payment provider has refused can be claimed of the customer.',
}

/** Why nothing can be taken off a claim. */
export const notClaimed: Refusal = {
  code: 'operation-not-claimed',
  detail: 'Only of what is claimed of the customer less may stand.',
}

/** Why it cannot be tried again; undefined where it can be. */
export function notRetried(status: Operation['status']): Refusal | undefined {
  if (status === 'done') return { code: 'operation-done', detail: 'The provider did it already.' }
  if (status === 'ambiguous')
    return { code: 'operation-ambiguous', detail: 'It may have happened. Say what became of it: PUT …/verdict.' }
  if (status === 'claimed')
    return {
      code: 'operation-claimed',
      detail: 'It is claimed of the customer, and no longer asked of the provider.',
    }
  return undefined
}

export function notAmbiguous({ status }: Pick<Operation, 'status'>): Refusal {
  const next =
    status === 'waiting-for-capture'
      ? 'It waits for more to be captured. If it was given back by hand, say executed and which refund it was.'
      : status === 'declined'
        ? 'It did not happen. It can be tried again: POST …/retry.'
        : 'Nobody has to say what became of it.'
  return { code: 'operation-not-ambiguous', detail: `It is ${status}. ${next}` }
}
