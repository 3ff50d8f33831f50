/** Every mail about a written agreement. `docs/mails.md` is written from this. */
export const agreementMails = {
  'agreement-recorded': {
    when: 'something was agreed in writing: what, from when on, and that what the law gives stays',
    by: '`AgreementRecorded`',
    restsOn: 'terms on what they cover; angrerettloven § 3, forbrukerkjøpsloven § 3, kjøpsloven § 3',
  },
} as const satisfies Record<string, { when: string; by: string; restsOn: string }>
