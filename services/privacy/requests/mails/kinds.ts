export type Language = 'nb' | 'en'

/** The mails about requests, in the order in which somebody may get them: docs/mails.md lists them. */
export const requestMails = {
  prove: {
    when: 'somebody asked without being signed in: is it their address?',
    by: 'the address that was given',
    restsOn: 'GDPR Art. 12(6)',
  },
  received: { when: 'a request came', by: 'the address to answer to', restsOn: 'GDPR Art. 12(3)' },
  identity: { when: 'there is reasonable doubt about who asks', by: 'the same', restsOn: 'GDPR Art. 12(6), 5(1)(c)' },
  'passed-on': {
    when: 'an organisation that decides about the data has it',
    by: 'the same',
    restsOn: 'GDPR Art. 28(3)(e)',
  },
  extended: { when: 'two months more are needed', by: 'the same', restsOn: 'GDPR Art. 12(3)' },
  export: { when: 'what is held is collected', by: 'the same', restsOn: 'GDPR Art. 15(3), 20(1)' },
  answered: { when: 'it is done', by: 'the same', restsOn: 'GDPR Art. 12(3)' },
  lifting: { when: 'what was only stored is about to be used again', by: 'the same', restsOn: 'GDPR Art. 18(3)' },
  refused: { when: 'it is refused', by: 'the same', restsOn: 'GDPR Art. 12(4)' },
} as const
export type RequestMail = keyof typeof requestMails

/** What else is mailed by the same queue. */
export const otherMails = {
  'to-organisation': {
    when: 'a request is about data that an organisation decides about',
    by: 'the organisation',
    restsOn: 'GDPR Art. 28(3)(e)',
  },
  breach: {
    when: 'data about somebody were in a breach of high risk',
    by: 'the address of their order',
    restsOn: 'GDPR Art. 34(1)–(2)',
  },
} as const
/** `policy-changed` is of the room of notices. */
export type QueuedMail = RequestMail | keyof typeof otherMails | 'policy-changed'
