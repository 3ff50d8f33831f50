/** Every mail about units that were lost. `docs/mails.md` is written from this. */
export const lossMails = {
  'loss-refund': {
    when: 'a carrier lost goods and the customer wants their money: what comes back, how it is worked out and by when',
    by: '`RefundDecided`',
    restsOn: 'forbrukerkjøpsloven §§ 23 and 49, kjøpsloven §§ 25 and 64',
  },
} as const satisfies Record<string, { when: string; by: string; restsOn: string }>
