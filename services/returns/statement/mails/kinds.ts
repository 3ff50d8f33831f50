/** Every mail about a statement that was no withdrawal by itself. `docs/mails.md` is written from this. */
export const statementMails = {
  'statement-refused': {
    when: 'a customer withdrew from what there is no right to withdraw from, or not any more: why, and what can still be done',
    by: 'the statement',
    restsOn: 'terms on withdrawal; angrerettloven §§ 20–22',
  },
  'statement-already-withdrawn': {
    when: 'a customer said again, by another channel or later, what is withdrawn from already',
    by: 'the statement',
    restsOn: 'angrerettloven § 20',
  },
  'statement-unclear': {
    when: 'nobody can tell which order, or which part of it, a statement is about: a person asks',
    by: 'the statement',
    restsOn: 'angrerettloven §§ 20 and 20 a',
  },
} as const satisfies Record<string, { when: string; by: string; restsOn: string }>

export type StatementMail = keyof typeof statementMails
