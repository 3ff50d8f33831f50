/** Every mail about an order: when it goes, what sends it going, and what it rests on. `docs/mails.md` is written from this. */
export const orderMails = {
  acknowledgement: {
    when: 'the order was placed',
    by: '`checkout/place-orders.ts`',
    restsOn: 'e-handelsloven § 12',
  },
  confirmation: {
    when: 'the payment is authorised, or the address was corrected: it forms the contract, or confirms one anew that stands and was confirmed to a wrong address; with terms and form as text and PDF, and for consumers in the EU the notice of the legal guarantee and the labels of guarantees of durability',
    by: '`PaymentAuthorised`, `EmailCorrected`',
    restsOn:
      'angrerettloven §§ 8, 18 and 21; Directive 2011/83/EU Art. 6(1)(l), 6(1)(la) and 8(7); merverdiavgiftsloven § 6-21 of an export',
  },
  'pay-again': {
    when: 'the authorisation ran out with goods still here',
    by: '`AuthorisationExpired`',
    restsOn: 'terms on payment',
  },
  claimed: {
    when: 'goods left and were never paid, and cannot be taken any more: what is owed, with its invoice, by when and how it is paid',
    by: '`money/claim.ts`',
    restsOn: 'forbrukerkjøpsloven § 44; a business: kjøpsloven § 52; bokføringsforskriften § 5-1-1',
  },
  readdressed: {
    when: 'goods were to go to another address: what goes there, or that they had left',
    by: '`AddressChangeConcluded`',
    restsOn: 'what was agreed; merverdiavgiftsloven § 6-21 bounds where to',
  },
  'paid-out': {
    when: 'a person has paid what was given beyond duty or owed for money that was late: a document with a number that says what it is',
    by: '`PayoutMade`',
    restsOn: 'bokføringsloven § 10; forsinkelsesrenteloven §§ 2 and 3 of interest',
  },
  'seller-ends': {
    when: 'the seller stops all or part of a contract, by agreement or for an obvious mistake that two persons found: at once, why and by which right',
    by: '`StopRequested`',
    restsOn: 'terms on cancelling; avtaleloven §§ 32 and 39',
  },
  'price-offered': {
    when: 'goods were offered to the customer at a price of their own: what, the price and what it costs otherwise, until when, and how it is taken',
    by: '`checkout/tell-offer.ts`',
    restsOn: 'avtaleloven §§ 2 and 7',
  },
  cancelled: {
    when: 'the order ended: by the customer, by the seller and why, since its payment was declined, failed or never came, or since its goods were gone when it was paid; with what becomes of the money',
    by: '`OrderCancelled`',
    restsOn: 'terms on cancelling; avtaleloven § 32 of a mistake',
  },
  stopped: {
    when: 'part of an order was to be stopped: what never leaves, what had left, and what that means for the money',
    by: '`StopConcluded`',
    restsOn: 'terms on cancelling; angrerettloven § 23',
  },
  sent: {
    when: 'a parcel left: carrier, tracking number, and the invoice if the payment is taken within ten minutes',
    by: '`OrderDispatched`',
    restsOn: 'bokføringsforskriften § 5-1-1 of the invoice',
  },
  invoice: {
    when: 'a payment was taken and no mail about a parcel waited for it: early capture, or one that took longer',
    by: '`money/outcome.ts`',
    restsOn: 'bokføringsforskriften § 5-1-1; merverdiavgiftsloven § 6-21 of an export',
  },
  'credit-note': {
    when: 'money was paid back, or less is claimed: its calculation, with the credit note',
    by: '`money/outcome.ts`, `money/claim.ts`',
    restsOn: 'bokføringsforskriften § 5-1-1; merverdiavgiftsloven § 6-21 of an export',
  },
  'not-delivered': {
    when: 'a carrier says that a parcel was refused, not fetched, came back, was lost or damaged: what was in it, what that means and what the customer may do; what they did not take is no withdrawal',
    by: '`DeliveryFailed`',
    restsOn: 'terms on delivery and on withdrawing; angrerettloven §§ 20, 21 and 24; forbrukerkjøpsloven § 14',
  },
  'delivery-goes-on': {
    when: 'such a parcel is on its way after all, or its goods are sent again',
    by: '`DeliveryFailureEnded`',
    restsOn: 'what was told before does not hold any more',
  },
  'damage-noted': {
    when: 'a customer said, by their link or to staff, that goods were damaged on their way or never came: what was written down, whether it came in time, by when the carrier is told, and what they have meanwhile',
    by: '`DamageReported`',
    restsOn: 'terms on delivery; forbrukerkjøpsloven §§ 3, 14, 26 and 27; vegfraktloven § 40',
  },
  hindered: {
    when: 'something keeps the seller from delivering: what it is, when the goods are expected now, and what the customer may do all the same',
    by: '`DeliveryHindered`',
    restsOn: 'terms on impediments; forbrukerkjøpsloven §§ 24 and 25; a business: kjøpsloven §§ 27 and 28',
  },
  'hindrance-over': {
    when: 'that is over, and the customer waits still: when the goods are expected now',
    by: '`DeliveryHindranceEnded`',
    restsOn: 'terms on impediments; forbrukerkjøpsloven § 24; a business: kjøpsloven § 27',
  },
  recalled: {
    when: 'goods of the order are recalled: which, the hazard, what to do and what a consumer may choose; again to a corrected address if it reached nobody',
    by: '`RecallNoticeWritten`, `EmailCorrected`',
    restsOn: 'terms on use and safety; Regulation (EU) 2023/988 Art. 35, 36 and 37',
  },
  delayed: {
    when: 'the days in which delivery was expected have passed, and a consumer waits for some of it',
    by: '`DeliveryDelayed`',
    restsOn: 'terms on delivery and cancelling; forbrukerkjøpsloven §§ 6 and 41; angrerettloven § 23',
  },
  late: {
    when: 'the last day on which delivery is not late has passed, and the customer waits for some of it; a business: the expected days',
    by: '`DeliveryDelayed`',
    restsOn:
      'forbrukerkjøpsloven §§ 6, 19–21, 23, 24 and 41; a business: terms on delivery, kjøpsloven §§ 9, 22 and 25',
  },
  'additional-period': {
    when: 'the customer set a last day to deliver what is late: it is noted, and what they may do when it has passed',
    by: '`AdditionalPeriodSet`',
    restsOn: 'forbrukerkjøpsloven § 23; a business: kjøpsloven § 25',
  },
  'additional-period-over': {
    when: 'that day has passed and some of it has not come: the customer may end the purchase',
    by: '`AdditionalPeriodOver`',
    restsOn: 'forbrukerkjøpsloven §§ 23 and 24; a business: kjøpsloven §§ 22 and 25',
  },
  'delivered-late': {
    when: 'the last of the order came, after that day; anew if it is corrected to another such day',
    by: '`OrderDelivered`, `OrderDeliveryCorrected`',
    restsOn: 'forbrukerkjøpsloven §§ 6, 19 and 24; a business: terms on delivery, kjøpsloven §§ 9 and 22',
  },
} as const satisfies Record<string, { when: string; by: string; restsOn: string }>

export type OrderMail = keyof typeof orderMails
