/** Every mail about money besides refunds. `docs/mails.md` is written from this. */
export const payoutMails = {
  'goodwill-given': {
    when: 'staff, or two of them, gave money beyond duty: how much, by when, and that it takes nothing from any right',
    by: '`PayoutDecided`',
    restsOn: 'terms on liability; avtaleloven § 1',
  },
  'late-interest-counted': {
    when: 'a refund was late and the rate of some days is not known yet: what is owed at the least, how it is worked out, and that more may come',
    by: '`PayoutProposed`',
    restsOn: 'forsinkelsesrenteloven §§ 2 and 3',
  },
  'late-interest-owed': {
    when: 'a refund was late: how much interest the customer has, how it is worked out, and by when it is paid',
    by: '`PayoutDecided`',
    restsOn: 'forsinkelsesrenteloven §§ 2 and 3',
  },
} as const satisfies Record<string, { when: string; by: string; restsOn: string }>

export type PayoutMail = keyof typeof payoutMails
