/** Every mail about an exchange. `docs/mails.md` is written from this. */
export const exchangeMails = {
  'exchange-agreed': {
    when: 'goods go back and others come instead: what comes back, what the new order costs, the difference, and how each goes on',
    by: '`ExchangeAgreed`',
    restsOn: 'what the return rests on: terms on withdrawal or on the voluntary return',
  },
  'exchange-ended': {
    when: 'one part of an exchange will not be: that the other goes on by itself, and what that means',
    by: '`ExchangeEnded`',
    restsOn: 'the same',
  },
} as const satisfies Record<string, { when: string; by: string; restsOn: string }>

export type ExchangeMail = keyof typeof exchangeMails
