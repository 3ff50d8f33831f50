/** Every mail about what staff decided otherwise. `docs/mails.md` is written from this. */
export const overrideMails = {
  'decided-otherwise': {
    when: 'staff, or two of them, decided otherwise than the rules: what those said and by what, and what the customer has all the same',
    by: '`OverrideDecided`',
    restsOn: 'terms on what they cover, and what the rules rested on',
  },
} as const satisfies Record<string, { when: string; by: string; restsOn: string }>
