/** Every mail about a return: when it goes, what sends it going, and what it rests on. `docs/mails.md` is written from this. */
export const returnMails = {
  'withdrawal-receipt': {
    when: 'a consumer withdrew: what was said, the day and the time, and what happens next',
    by: '`WithdrawalDeclared`',
    restsOn: 'angrerettloven §§ 20, 20 a and 24',
  },
  'refund-decided': {
    when: 'what comes back is known to come, or never left: the refund with its calculation, last day and way',
    by: '`RefundDecided`',
    restsOn: 'terms on refunds; angrerettloven §§ 3 and 24',
  },
  'send-back-reminder': {
    when: 'the day to send the goods back has passed, and nobody has heard of them: what to do, and that the withdrawal stands',
    by: '`SendBackReminded`',
    restsOn: 'angrerettloven §§ 23–25',
  },
  'send-back-overdue': {
    when: 'goods have not come two weeks after the reminder: that the duty to send them stays, and that nothing is paid back before',
    by: '`SendBackOverdue`',
    restsOn: 'angrerettloven §§ 23–25',
  },
  'collection-offered': {
    when: 'the shop collects the goods, or moves the day of it: nothing to send or to pay, when the money comes, and when they may keep them',
    by: '`CollectionOffered`',
    restsOn: 'angrerettloven §§ 24 and 25',
  },
  'return-under-review': {
    when: 'goods are back and a person is to look at or judge them: what came, what was missing, by when they are paid, and that the customer is heard first',
    by: '`ReturnReceived`, `ReturnInspected`',
    restsOn: 'terms on refunds; angrerettloven §§ 22, 24 and 25',
  },
  'return-assessed': {
    when: 'goods came back used, opened or not at all, and a person means to deduct something: what, why, and until when to answer',
    by: '`ReturnAssessed`',
    restsOn: 'angrerettloven §§ 22, 24 and 25',
  },
  'proof-rejected': {
    when: 'staff looked at the proof of sending, and found that the goods were not sent: why, and what to do',
    by: '`ProofOfSendingJudged`',
    restsOn: 'angrerettloven § 24',
  },
} as const satisfies Record<string, { when: string; by: string; restsOn: string }>

export type ReturnMail = keyof typeof returnMails
