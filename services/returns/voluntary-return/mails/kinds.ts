/** Every mail about a return by the offer of the terms. `docs/mails.md` is written from this. */
export const voluntaryMails = {
  'voluntary-return-receipt': {
    when: 'a customer asked to send goods back by the offer: how, by when, on what conditions, and what comes back',
    by: '`VoluntaryReturnRequested`',
    restsOn: 'terms on the voluntary return',
  },
  'voluntary-return-refused': {
    when: 'a customer asked to send back what the offer does not reach, or what the law gives more for: why, and what can be done',
    by: 'the request',
    restsOn: 'terms on the voluntary return; angrerettloven §§ 3 and 20',
  },
  'voluntary-return-reminder': {
    when: 'the day to send the goods has passed, and nobody has heard of them: what to do, and what follows',
    by: '`SendBackReminded`',
    restsOn: 'terms on the voluntary return; angrerettloven § 25',
  },
  'voluntary-return-received': {
    when: 'the goods are back, and a person is to look whether they are as they were: by when, and what follows',
    by: '`ReturnReceived`',
    restsOn: 'terms on the voluntary return',
  },
  'voluntary-return-decided': {
    when: 'somebody looked at the goods, or nobody did in time: what comes back and by when, and what does not and why',
    by: '`RefundDecided`, `VoluntaryReturnEnded`',
    restsOn: 'terms on the voluntary return and on refunds',
  },
  'voluntary-return-ended': {
    when: 'the goods never came, or the customer keeps them: the return is over, and every other right is as it was',
    by: '`VoluntaryReturnEnded`',
    restsOn: 'terms on the voluntary return',
  },
} as const satisfies Record<string, { when: string; by: string; restsOn: string }>

export type VoluntaryMail = keyof typeof voluntaryMails
