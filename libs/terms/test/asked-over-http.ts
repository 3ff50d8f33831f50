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
  'services/returns/test/order-facts/named-cases.test.ts': ['H50', 'H51', 'H52', 'H117', 'H118', 'H125', 'H128'],
  'services/returns/test/refund/cases.test.ts': ['refund-amount', 'F021'],
  'services/returns/test/complaint/cases.test.ts': [
    ...['complaint-window', 'complaint-rules', 'K015', 'K020', 'K021', 'K024'],
  ],
  'services/returns/test/voluntary-return/cases.test.ts': ['voluntary-return'],
  'services/returns/test/order-facts/cases.test.ts': ['delay', 'force-majeure', 'cancellation'],
  'services/shipping/test/risk/cases.test.ts': ['risk', 'H86', 'H87', 'H88', 'H89', 'H90'],
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
    'no service asks the customer of a parcel that was refused: the carrier tells of it, and support sees it',
  'W057.burdenOfProof': 'who has to prove what is for a court, and no answer tells it',
  'W070.flag': 'information counts as given or not, and no answer tells what was wrong with it',
  'W089.default': 'that what a person looks at is treated as granted stands in the API document',
  'W100.recheck': 'orders tells when the law was last looked at: `GET /law`',
  W108: 'every receipt has its time, and there is none without',
  C007: 'nothing is sold that the post does not take: no product says so',
  D006: 'no door tells that the seller collects the goods',
  F007: 'a delivery has one price, and no other is known for what is kept',
  'F017.split': 'no gift cards are sold',
  'F020.vatInRefund': 'the VAT stands in the credit note, which orders makes',
  'F021.voidAuthorisation': 'orders releases the authorisation: shown with the case L01',
  F025: 'nothing is sold beside goods that would fall with them',
  K025: 'every product says whether it is meant to last longer, and none of what kind it is',
}
