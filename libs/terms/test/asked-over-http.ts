/**
 * Which cases of both banks are asked at the doors of the services, and where: topics, or cases by their ids. `askCases` of a file asks
 * those that stand here, and `test/cases-over-http.test.ts` holds that every case is asked or stands in `notAsked`.
 */
export const askedAt: Readonly<Record<string, readonly string[]>> = {
  'services/returns/test/withdrawal/cases.test.ts': [
    ...['withdrawal-deadline', 'withdrawal-missing-info', 'withdrawal-notice', 'withdrawal-applicability'],
    ...['W052', 'W089', 'W092', 'W093', 'W094'],
  ],
  'services/returns/test/goods-back/cases.test.ts': [
    ...['return-shipping-deadline', 'refund-due', 'return-cost', 'C005', 'C008', 'D009', 'D013'],
  ],
  'services/returns/test/withdrawal-function/cases.test.ts': [
    ...['W100', 'W101', 'W102', 'W103', 'W104', 'W105', 'W106', 'W107', 'W109', 'W110', 'W111', 'W112', 'W113'],
  ],
  'services/returns/test/order-facts/named-cases.test.ts': [
    ...['H50', 'H51', 'H52', 'H117', 'H118', 'H124', 'H125', 'H128'],
  ],
  'services/returns/test/refund/cases.test.ts': ['refund-amount', 'F021'],
  'services/returns/test/complaint/cases.test.ts': [
    ...['complaint-window', 'complaint-rules', 'K015', 'K020', 'K021', 'K024'],
  ],
  'services/returns/test/voluntary-return/cases.test.ts': ['voluntary-return'],
  'services/returns/test/order-facts/cases.test.ts': [
    ...['delay', 'force-majeure', 'cancellation'],
    ...['X004', 'X005', 'X006', 'X012', 'Q001', 'Q002', 'Q003', 'Q004', 'Q005'],
  ],
  'services/returns/test/order-facts/agreement-cases.test.ts': [
    ...['O001', 'O002', 'O003', 'O004', 'O005', 'O007', 'O014', 'O015', 'O016', 'O019'],
    ...['P001', 'P002', 'P004', 'P005', 'P006', 'P007', 'P008', 'P009', 'P012'],
  ],
  'services/orders/test/checkout/cases.test.ts': [
    ...['H33', 'H34', 'H35', 'H36', 'H37', 'H109', 'Q006', 'Q007', 'X016'],
  ],
  'services/privacy/test/retention/cases.test.ts': [
    ...['N002', 'N003', 'N005', 'N007', 'N009', 'N011', 'N012', 'N013', 'N014', 'N020', 'N021', 'N022', 'N023', 'N024'],
    ...['N026', 'N027', 'N028', 'N031', 'N032'],
  ],
  'services/privacy/test/requests/cases.test.ts': ['dsar-due', 'G020', 'G022', 'H130'],
  'services/privacy/test/consent/cases.test.ts': [
    ...['X007', 'X008', 'X009', 'X011', 'Y002', 'Y004', 'Y005', 'Y006', 'Y007', 'G028'],
  ],
  'services/shipping/test/risk/cases.test.ts': ['risk', 'H86', 'H87', 'H88', 'H89', 'H90'],
}

/** Cases of the facts of an order that none here comes to: they are given to `POST /eligibility`, and no order answers as they expect. */
export const onlyGiven: Readonly<Record<string, string>> = {
  H30: 'the terms of every order tell of the goods that cannot be withdrawn from',
  H67: 'every product says whether it is meant to last longer',
  H84: 'who engaged the carrier is asked of the shipment: `GET /shipments/{id}/risk`',
  H95: 'an impediment is known once the customer is told of it',
  H113: 'what is captured is asked of the order: `GET /orders/{id}/payments`',
  H114: 'what is captured is asked of the order: `GET /orders/{id}/payments`',
}

/** Cases, and parts of what cases expect (`case.key`, `topic.key`), that no door is asked, and why. What a door answers after all has to leave. */
export const notAsked: Readonly<Record<string, string>> = {
  ...{
    'withdrawal-deadline.receivedLocalDate': 'doors tell the last day, and not the days that it is counted by',
    'withdrawal-deadline.rawLastDay': 'doors tell the last day, and not the days that it is counted by',
    'withdrawal-deadline.extended': 'doors tell the last day, and not the days that it is counted by',
    'withdrawal-missing-info.originalLastDay': 'doors tell the last day, and not the days that it is counted by',
    'refund-due.statutory14Days': 'doors tell the day to pay back by, and not the days that it is counted by',
    'complaint-window.strictLastDay': 'doors tell the last day, and not the days that it is counted by',
  },
  'W053.action':
    'the customer is mailed and a person called by shipping: services/shipping/test/failed/not-taken.test.ts',
  'W057.burdenOfProof': 'who has to prove what is for a court, and no answer tells it',
  'W070.flag': 'information counts as given or not, and no answer tells what was wrong with it',
  'W089.default': 'that what a person looks at is treated as granted stands in the API document',
  'W100.recheck': 'orders tells when the law was last looked at: `GET /law`',
  W108: 'every receipt has its time, and there is none without',
  'O002.ackRequired': 'the acknowledgement goes out with the order: services/orders/test/order',
  'O004.action':
    'a confirmation that came back calls a person in orders: services/orders/test/order/confirmation-bounced.test.ts',
  'O005.mayCorrect':
    'a correction is a new price offer, which the customer takes or not: services/orders/test/checkout/price-offer.test.ts',
  'P008.action': 'an authorisation that expired is asked for anew by orders: services/orders/test/money/expiry.test.ts',
  'P012.stopShipment': 'shipping stops what has not left: shown with the case L01',
  'N011.earliestErase': 'a system is told the day on which a record goes, and no range',
  'N011.latestErase': 'a system is told the day on which a record goes, and no range',
  'N012.latestErase': 'a system is told the day on which a record goes, and no range',
  'N013.earliestErase': 'a system is told the day on which a record goes, and no range',
  'N013.latestErase': 'a system is told the day on which a record goes, and no range',
  'N014.stopSending': 'whether somebody may be written to is asked elsewhere: `GET /permission`',
  'N014.keepSuppressionHash': 'an opt-out is kept by a keyed hash, which no door shows',
  'N022.except': 'what accounts need of it is told as a record of its own',
  'N031.backup': 'backups are of who runs the systems: docs/operations.md',
  'Y006.turns15': 'a system tells an age, and is told no day',
  'X012.unless': 'what the seller answers for all the same stands in the API document',
  'Q003.fix': 'prices are shown by the rule, and nothing is to be mended',
  F007: 'a delivery has one price, and no other is known for what is kept',
  'F017.split': 'no gift cards are sold',
  'F020.vatInRefund': 'the VAT stands in the credit note, which orders makes',
  'F021.voidAuthorisation': 'orders releases the authorisation: shown with the case L01',
  F025: 'nothing is sold beside goods that would fall with them',
  K025: 'every product says whether it is meant to last longer, and none of what kind it is',
  ...{
    H110: 'nobody is asked their age when buying',
    H111: 'nobody is asked their age when buying',
    H112: 'nobody is asked their age when buying',
    H116: 'whether a consumer lost it in a business of their own is for a person to judge, and no door is told',
    H119: 'a day of the law alone: the privacy service answers by it with when records go',
    H120: 'as W100, which asks the function itself; when the law was last looked at is told by `GET /law` of orders',
    H129: 'nobody is asked their day of birth: the privacy service is told an age',
    O008: 'a seller who has no stock goes back on nothing: shown with the case L12',
    O009: 'no door raises a price: an order costs what its quote says',
    O011: 'the button says what `GET /quotes/{id}/information` has it say: services/orders/test/checkout',
    O012: 'every quote has its delivery with its price, and nothing is placed without one',
    O013: 'goods wait in shipping until the confirmation has arrived: services/shipping/test/shipment',
    O017: 'nothing is sent that nobody ordered',
    O018: 'nobody is asked their age when buying',
    P010: 'an event that is told again is heard once: libs/messaging',
    P011: 'who runs the shop sets which means of payment there are, and no door takes another',
    P013: 'an order costs goods and delivery, and no door takes a surcharge',
    P014: 'money is taken when goods leave, or early where that was stated: services/orders/test/money/early-capture.test.ts',
    N004: 'every controller here has the calendar year as its financial year',
    N010: 'accounts are told as a record of their own, as N002',
    N029: 'who deletes an account asks for erasure by `PUT /requests/{id}`, due as the requests of dsar-due',
    N030: 'the longest duty alone says when a record goes: of payments that of the accounts, as services/privacy/test/retention shows',
    N033: 'what goes and what stays of a person is answered by their records: services/privacy/test/requests',
    N034: 'what goes and what stays of a person is answered by their records: services/privacy/test/requests',
    N035: 'an order is told by events and kept with its accounts: services/privacy/test/subjects/orders.test.ts',
    Y003: 'a guardian consents by a link that is mailed: services/privacy/test/consent/membership.test.ts',
    X010: 'what a browser needs is no purpose that anybody is asked to consent to',
    G021: 'proof is asked for by `PUT /requests/{id}/doubt`, with a reason alone',
    G023: 'an objection is a request that is followed step by step: services/privacy/test/requests/marketing.test.ts',
    G024: 'a consent is withdrawn by the door that gave it: services/privacy/test/consent/consents.test.ts',
    G025: 'whether a request is unfounded or excessive is for a person to judge',
    G026: 'the limit is that of dsar-due, whatever a policy says of its habit',
    G027: 'a request that was not answered by its day calls a person: services/privacy/test/alarms.test.ts',
    G029: 'a request about data of an organisation is passed on to it: services/privacy/test/requests/pass-on.test.ts',
    G030: 'what is kept for accounts is answered by the records: services/privacy/test/requests',
    Q008: 'a total cannot change once it is shown: an order names its quote and costs what that says',
    X017: 'no page or mail links to the platform, which was closed: there is nothing to ask',
  },
  // Not cases of returns, refunds, notices, costs, complaints or risk: the services that they are about tell them in tests of their own rules.
  'terms-version':
    'the versions of these cases are no editions here: services/orders/test/terms-page and two-sellers.test.ts',
  'data-sharing': 'who gets which data is a register: services/privacy/test/registers',
}
