import { catalogueProblemKinds } from './catalogue-problem-kinds.ts'
import { privacyProblemKinds } from './privacy-problem-kinds.ts'
import { shippingProblemKinds } from './shipping-problem-kinds.ts'

/**
 * Every kind of problem that the services answer with, by the last part of its `type` (RFC 9457 § 3.1.1): what it means and
 * what to do about it. Each has a page at `/problems/{kind}` of every service. `detail` says more of the one case.
 */
export const problemKinds: Record<string, string> = {
  ...privacyProblemKinds,
  ...catalogueProblemKinds,
  ...shippingProblemKinds,
  // Requests that are wrong in themselves.
  'invalid-input': 'A value in the request is wrong. `errors` names each field; mend them and send it again.',
  'malformed-request':
    'The request is not well formed, so that it could not be read as HTTP or JSON. Mend and send it again.',
  'url-malformed': 'The path is not well encoded (RFC 3986, percent-encoding). Mend it and send it again.',
  'url-too-long': 'A part of the path is longer than any that there is.',
  'headers-too-large': 'The headers of the request are too large. Send fewer or shorter ones.',
  'body-too-large': 'The body is larger than a service takes. Send less at once.',
  'photo-type-unsupported': 'What was sent is no picture that is read here. Send it as JPEG, PNG or WebP.',
  'photo-unreadable':
    'The picture is damaged, too large to be decoded, or would be read as something else by other programs. Nothing was kept; save it anew.',
  'media-type-unsupported': 'The body is not of a kind that is read here. Send it as application/json.',
  'expectation-failed': 'An Expect header asked for what this server does not do. Leave it out.',
  'request-timeout': 'The request did not arrive whole in time. Send it again.',
  'route-unknown': 'There is no such path with this method. `/docs` lists those that there are.',
  'idempotency-key-missing': 'This needs an Idempotency-Key header, so that a request that is sent twice is done once.',
  'idempotency-key-invalid': 'The Idempotency-Key must have 1 to 200 visible ASCII characters.',
  'idempotency-key-reused': 'The Idempotency-Key was used for another request. Use a new key for a new request.',

  // Who may do what, and how often.
  'signature-invalid':
    'The call does not bring the secret that was agreed on, or is not signed with it, or not now. Nothing happened.',
  'token-missing': 'There is no bearer token in the Authorization header, or more than one word behind Bearer.',
  'token-invalid':
    'The token is not of our issuer, not for us, not valid any more or not whole. Ask the issuer for another.',
  'scope-missing': 'The token is good and its scopes do not allow this.',
  'person-needed': 'A person decides this, by a token of their own; this one is of a program.',
  'too-many-requests': 'The subject or the address has used up its requests of this minute. Wait as Retry-After says.',

  // What passes by itself: send the same again.
  busy: 'Somebody else was changing the same thing. Nothing was changed; try again in a moment.',
  overloaded: 'Too many orders came at once. Nothing was changed; try again with the same key.',
  'took-too-long':
    'The answer took too long and was given up. It may have been done all the same: look, or send the same again with the same key.',
  'request-in-flight': 'A request with this Idempotency-Key is being worked on. Ask again in a second.',
  'issuer-unreachable': 'The issuer of tokens does not answer, so that none can be checked. Try again in a moment.',
  'photos-not-kept': 'The picture could not be kept just now, or the shop keeps none. Nothing was kept.',
  'not-ready': 'The service cannot reach what it needs. Whoever runs it finds the reason in its log.',
  'payment-page-not-ready': 'The payment page is not open yet. Try again in a few seconds.',
  'mail-not-settled': 'The mail that this is about is just being sent. Tell it again in a moment.',
  'internal-fault': 'Something broke on our side. Nothing was changed; try again, and tell us if it stays.',

  // What there is not, or not for this caller.
  'order-unknown': 'There is no such order, or it belongs to somebody else.',
  'received-goods-unknown': 'Nothing was received under this id.',
  'return-label-unknown': 'There is no such label, or none was asked for.',
  'inbound-parcel-unknown': 'There is no such parcel among those that came in.',
  'mail-unknown': 'There is no such mail, or nothing was attached to it under this number.',
  'photo-unknown': 'There is no such picture, or it is gone.',
  'photo-file-gone': 'The picture is known, and its file is not there any more.',
  'hold-unknown': 'There is no such hold.',
  'category-unknown': 'The policy of this controller names no such category of data.',
  'quote-unknown': 'There is no such quote.',
  'payment-unknown': 'There is no such payment.',
  'provider-unknown': 'This shop does not work with that payment provider.',
  'document-unknown': 'The order has no such sales document.',
  'document-restricted':
    'The personal data of the order were erased, and its sales documents are kept for the accounts only.',
  'exchange-rate-missing': 'The document waits for the exchange rate by which it states its VAT in kroner.',
  'document-not-electronic':
    'The sales document is not issued in this form, such as an electronic invoice to a consumer.',
  'request-unknown': 'Nobody asked for that.',
  'operation-unknown': 'There is no such money operation.',
  'movement-unknown': 'The provider’s books show no such movement.',
  'report-unknown': 'The day has not been compared with the provider’s books yet.',
  'operation-not-refused': 'Only a capture that the payment provider has refused can be claimed of the customer.',
  'operation-not-claimed': 'Only of what is claimed of the customer less may stand.',
  'operation-claimed': 'It is claimed of the customer, and no longer asked of the payment provider.',
  'payment-not-expired':
    'The customer has not been asked to pay again: what they authorised may still be taken. Try the capture again.',
  'alarm-unknown': 'There is no such alarm.',
  'edition-unknown': 'There is no such edition of any terms. `/terms` lists those that there are.',
  'webhook-unknown': 'There is no such webhook, or it was removed.',
  'webhook-url-refused': 'Nothing is sent to this address. Give one of a public host that begins with https.',
  'delivery-not-late':
    'The goods are not late yet: `detail` says until when they may come. Extra time is set once they are.',
  'delay-of-the-customer':
    'That the goods have not come is not the seller’s delay: `detail` says why. Have them sent once more, or paid for.',
  'period-settled': 'Another last day was set under this id. Set one under another.',
  'shipment-unknown': 'There is no such shipment.',
  'cursor-ahead':
    'The cursor is ahead of all that the feed has: it is of another service, or the service was restored from a backup since. Read on from an earlier one, the beginning if in doubt, and drop events whose ids you know.',
  'carrier-unknown': 'This shop hears no carrier of that name.',
  'circumstance-in-the-future': 'What bears on the risk is recorded once it is so.',
  'too-many-circumstances': 'More is recorded of this shipment than any has. Look at what records it.',
  'too-many-reports': 'More was told of this parcel than any parcel does. Look at what tells it.',
  'return-unknown': 'There is no such return, or it belongs to somebody else.',
  'tags-full': 'The order or the case bears as many tags as it may. Take one off first.',
  'case-unknown': 'There is no such withdrawal, voluntary return or complaint.',
  'complaint-unknown': 'There is no such complaint, or it belongs to somebody else.',
  'line-unknown': 'The order has no such line.',
  'link-unknown': 'The signed link is not whole, is for something else, or is not good any more. Ask for another.',
  'statement-unknown': 'There is no such statement.',

  // Placing.
  'hindrance-unknown': 'Nothing that keeps us from delivering was told of this order under this id.',
  'hindrance-settled':
    'What keeps us from delivering was told otherwise under this id. Tell what is new under an id of its own.',
  'nothing-awaited': 'The customer waits for nothing of this order any more.',
  'delivery-day-impossible': 'Goods are not expected by the day of delivery that was asked for. Ask for a later one.',
  'quote-expired': 'The quote is no longer good. Ask for a new one.',
  'quote-used': 'The quote has become an order already. Ask for a new one.',
  'customer-kind-differs': 'What is told of the buyer makes them another kind of customer than the one said.',
  'quote-differs': 'The order says something else than the quote that it is placed from.',
  'terms-stale':
    'The accepted terms are not the ones in force. Show the customer those that are, and have them accepted.',
  'nothing-goes-back': 'Nothing of this case is to be sent back now, so that it needs no label.',
  'return-cost-customers': 'The way back is the customer’s to pay, for the reasons that are cited.',
  'label-issued': 'The label is there already, and is another one.',
  'parcel-closed': 'The parcel that came in is closed: nothing more is scanned in it.',
  'parcel-open': 'The parcel that came in is not closed yet. Close it first.',
  'parcel-bare': 'What was scanned in the parcel and what it is said to hold do not go together.',
  'nothing-to-collect':
    'There is nothing to collect from the customer: the goods are back, on their way, or never left.',
  'collection-day-refused': 'The goods cannot be collected on that day.',
  'customer-unheard': 'Something is to be deducted that the customer was not told of. Tell them first, and hear them.',
  'unit-scanned': 'This unit was scanned already. Each is received once.',
  'photo-limit-reached': 'There are as many pictures of this case as may be. Have one go before another is added.',
  'reservation-limit':
    'Unpaid orders of the same customer keep as many units as they may. Pay or cancel one, or wait until `reservedUntil`.',
  'out-of-stock': '`shortages` names what is not there in the wanted quantity.',

  // The order, until it has left.
  'order-cancelled': 'The order is cancelled.',
  'cancellation-refused':
    'The order cannot be cancelled; `reasons` cites the sentence of the terms and the section of law.',
  'cancellation-needs-person':
    'The law may be on the customer’s side although the goods are on their way: a person was called.',
  'proposal-waits': 'A cancellation waits for a second person already. Have that one approved or declined first.',
  'proposal-settled': 'The proposed cancellation was decided on, or the order ended or left before that.',
  'second-person-needed': 'Who found a mistake obvious cannot approve it. Somebody else has to look.',
  'email-settled': 'The confirmation has arrived: from then on only the shop’s own people correct the address.',
  'address-settled': 'Nothing of the order is here any more: only the carrier can send it elsewhere.',
  'address-waits': 'Shipping has not answered yet whether an earlier change of the address comes in time.',
  'address-differs': 'At this address price, VAT or rights would be others: it would be another order.',

  // Money.
  'payment-impossible': 'Nobody could pay for it: the payment provider does not take this country, currency or amount.',
  'payment-over': 'There is nothing left to pay.',
  'payment-noted': 'A payment was made already and is being looked at.',
  'payment-amount-differs': 'The provider holds another amount than the order is for.',
  'approval-not-needed': 'The payment provider places this order itself.',
  'operation-done': 'The provider did it already.',
  'operation-open': 'A money operation of the order has no outcome yet. Settle it first.',
  'operation-ambiguous': 'The operation may have happened. Say what became of it.',
  'operation-not-ambiguous': 'The operation waits for nobody to say what became of it.',
  'movement-taken': 'The movement is booked already, for another operation.',
  'movement-does-not-fit': 'The movement does not fit what the ledger has of this order.',
  'payout-unknown': 'There is no such payout.',
  'payout-paid': 'It was paid already, and is found by another reference.',
  'alarm-resolved': 'The alarm has ended, by another or with other words.',

  // The way back.
  'exchange-refused': 'What would be exchanged is over: `reasons` say why.',
  'exchange-mismatch': 'These two cannot be the parts of one exchange; `detail` says why.',
  'exchange-recorded': 'Another exchange was recorded under this id. Use another.',
  'nothing-to-override':
    'The rules give it already, or there is nothing there that could be given; `detail` says which.',
  'override-unknown': 'Nobody proposed to decide that otherwise.',
  'override-recorded': 'Something else was recorded under this id. Use another.',
  'override-settled': 'It was decided on already, otherwise.',
  'payout-recorded': 'Something else was recorded under this id. Use another.',
  'payout-settled': 'It was decided on already, or is not anybody’s to decline; `detail` says which.',
  'concession-limit': 'It is more than the seller lets even two persons give for an order.',
  'interest-rate-needed': 'Somebody has to look the rate of interest up first, and say what it comes to.',
  'interest-not-awaited': 'This waits for no rate of interest.',
  'interest-refused': 'Interest is no less than the law lets it be, and no more than what was late.',
  'agreement-undercuts':
    'A consumer cannot agree to less than the law gives; `reasons` cites it, and `undercuts` says what would be allowed.',
  'agreement-recorded': 'Another agreement was recorded under this id. Record a new one, which may end it.',
  'agreement-unknown': 'The order has no such agreement that holds.',
  'delivery-before-order': 'The agreed day of delivery is before the order.',
  'withdrawal-refused':
    'There is no right of withdrawal; `reasons` cites the sentence of the terms and the section of law.',
  'voluntary-return-refused':
    'The offer to take goods back does not reach this; `reasons` cites the sentence of the terms.',
  'withdrawal-gives-more': 'The right of withdrawal is still open and gives more than the offer: withdraw instead.',
  'complaint-refused': 'There is nothing here that could be complained of; `reasons` says why.',
  'complaint-settled': 'The complaint is not judged any more: `detail` says what it came to.',
  'complaint-over': 'All of the complaint came too late.',
  'rejection-unfounded': 'The law does not let the seller turn this complaint down so; `reasons` says why.',
  'remedy-not-open': 'This cannot be chosen or done now; `detail` says what can.',
  'cure-leaves-whole': 'What is sent for a complaint leaves in one parcel.',
  'loss-of-cure': 'What was sent for a complaint is sent again, or the complaint goes on.',
  'choice-not-overdue': 'There is nothing to choose, or the customer was not reminded of it in vain yet.',
  'goods-not-awaited': 'No goods are to come back that others were sent for.',
  'remedy-under-way': 'The time in which goods are to be put right is not over, and they were not put right yet.',
  'reduction-refused': 'So much cannot be paid back for these units.',
  'return-over': 'The return is over without money: its units are the customer’s.',
  'return-received': 'The goods are back with the seller already.',
  'quantity-exceeded': 'More units than can still go back.',
  'goods-not-sent': 'Of these goods none had left the seller by then, so that none can come back.',
  'goods-not-received':
    'The customer is not known to have had these goods by then. What sent them back is shown once they have.',
  'statement-settled': 'The statement is answered: what it comes to stands with it.',
  'notice-before-order': 'The notice is said to have been sent before there was an order.',
  'notice-before-sent': 'The notice is said to have come before it was sent.',
  'proof-unknown': 'Nobody has shown proof of sending for this return.',
  'refund-decided': 'The refund of the return is decided, and what it rests on is not judged any more.',
  'units-not-known': 'It is not known yet which units had left, so which come back. Say it again in a moment.',
  'not-inspected': 'Nobody has said yet what came back. Have it looked at first.',
  'inspection-settled': 'The inspection is recorded, with other findings.',
  'deduction-refused': 'So much cannot be kept back for these units; `detail` and `reasons` say why.',
  'receipt-settled': 'The receipt is recorded, with other units fit for sale.',
  'moment-in-the-future': 'The moment is still to come.',
}
