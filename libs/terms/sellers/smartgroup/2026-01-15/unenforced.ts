/**
 * Every sentence of the terms that no clause function enforces, with the reason why. A sentence stands either here or in
 * the `text` of a clause file, never in both: test/text.test.ts sees to it.
 */
export const unenforced = {
  '1.1': {
    text: 'The seller is SmartGroup AS, organisation number 999 615 147.',
    reason: 'It states who the seller is and decides nothing.',
  },
  '1.2': { text: 'Our address is Fornebuveien 46, 1366 Lysaker, Norway.', reason: 'It states an address.' },
  '1.3': {
    text: 'You reach us by email at post@smartgroup.no and by phone at +47 649 59 444.',
    reason: 'It states where people are reached; whether they answer is up to them.',
  },
  '2.1': {
    text: '"You" and "the customer" are the person or business that orders from us.',
    reason: 'It gives a word its meaning.',
  },
  '2.4': {
    text: 'A "product" is any physical item sold on the website.',
    reason: 'It gives a word its meaning; nothing else is sold.',
  },
  '2.5': {
    text: 'The "agreement" is the binding contract that comes about when an order is confirmed.',
    reason: 'It gives a word its meaning; when that happens is clause 4.1.',
  },
  '3.1': {
    text: 'These terms cover all our sales, except where something else has been agreed in writing.',
    reason: 'What was agreed in writing with one customer is for a person to read.',
  },
  '3.2': {
    text: 'Rights that Norwegian law gives consumers and that cannot be set aside always come before these terms.',
    reason: 'It is no rule of its own: every clause function weighs the law against the terms and gives the better.',
  },
  '5.3': {
    text: 'Special offers may come with conditions of their own.',
    reason: 'The conditions of an offer are written for that offer and are not part of these terms.',
  },
  '7.1': {
    text: 'We deliver in Norway and to other countries.',
    reason: 'It excludes no country, so no order can break it.',
  },
  '9.3': {
    text: 'The voluntary return takes nothing away from your rights by law.',
    reason: 'It limits clause 9 itself: rights by law are ruled on by clauses 8 and 10, which never ask clause 9.',
  },
  '11.1': {
    text: 'Some products may be critical to safety and must be installed, maintained and used correctly, as their manuals and instructions say.',
    reason: 'It asks something of the customer, at home.',
  },
  '14.1': {
    text: 'SmartGroup AS or its licensors own all content of the website: text, images, manuals and trademarks.',
    reason: 'It is about the website and not about an order.',
  },
  '14.2': {
    text: 'None of it may be used unless we have agreed in writing.',
    reason: 'It is about the website and not about an order.',
  },
  '15.1': {
    text: 'We process personal data to carry out orders, to give support and to meet our duties by law.',
    reason: 'It summarises the privacy policy, which binds on its own.',
  },
  '15.2': {
    text: 'The privacy policy is at https://smartgroup.no/privacy-policy-smartgroup-as/.',
    reason: 'It states an address.',
  },
  '15.3': {
    text: 'The cookie policy is at https://smartgroup.no/cookie-policy-smartgroup-as/.',
    reason: 'It states an address.',
  },
  '16.1': {
    text: 'These terms may be updated at any time.',
    reason: 'It permits a new edition; the next folder beside this one is the update.',
  },
} as const satisfies Readonly<Record<string, { text: string; reason: string }>>
