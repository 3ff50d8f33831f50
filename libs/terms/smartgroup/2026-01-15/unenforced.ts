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
  '2.2': {
    text: 'A "consumer" is a private person whose purchase lies outside business activity.',
    reason: 'It gives a word its meaning; which of the two a customer is comes as a fact with the order.',
  },
  '2.3': {
    text: 'A "business customer" is a company or other legal entity, or a person who buys in the course of business.',
    reason: 'It gives a word its meaning; which of the two a customer is comes as a fact with the order.',
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
  '5.2': {
    text: 'The cost of delivery is worked out and shown to you before you pay.',
    reason:
      'The order keeps the delivery price that checkout showed and charges no other; there is nothing to rule on.',
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
  '10.4': {
    text: 'A justified complaint may give you a right to repair, replacement, a lower price or your money back, as Norwegian law says.',
    reason: 'Which remedy fits depends on the defect and on what the consumer chooses, and a person decides it.',
  },
  '11.1': {
    text: 'Some products may be critical to safety and must be installed, maintained and used correctly, as their manuals and instructions say.',
    reason: 'It asks something of the customer, at home.',
  },
  '11.2': {
    text: 'SmartGroup does not answer for damage that comes from incorrect installation or misuse, from modifications that were not authorised, or from use against the instructions given.',
    reason: 'What caused a damage, and whether the instructions were right and supplied, is for people to find out.',
  },
  '12.1': {
    text: 'Consumers keep every right that the law makes mandatory, whatever these terms say.',
    reason: 'It is no rule of its own: every clause function weighs the law against the terms and gives the better.',
  },
  '12.2': {
    text: 'Towards business customers SmartGroup does not answer for indirect or consequential loss, unless mandatory law requires it.',
    reason: 'Which loss is indirect is a judgement for people, and no service pays damages.',
  },
  '13.1': {
    text: 'We do not answer for delay or failure caused by events beyond our reasonable control, among them strikes, pandemics, broken supply chains and acts of government.',
    reason: 'What lies beyond reasonable control is a judgement; no withdrawal or refund is ever held up by it.',
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
  '17.1': { text: 'Norwegian law governs these terms.', reason: 'It tells a court which law to use.' },
  '17.2': {
    text: 'As a consumer you may turn to the Norwegian Consumer Council (Forbrukerrådet).',
    reason: 'It points to somebody outside.',
  },
  '17.3': {
    text: 'Disputes with business customers go to the Norwegian courts, with Oslo District Court as the venue, unless mandatory rules say otherwise.',
    reason: 'It tells the parties which court to go to.',
  },
} as const satisfies Readonly<Record<string, { text: string; reason: string }>>
