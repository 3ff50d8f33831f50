/** What mail programs put before the subject that is answered or passed on, in the languages of the shop's customers. */
const PREFIXES = /^(?:(?:re|sv|vs|vb|fw|fwd|aw|antw|ad)\s*(?:\[\d+\])?\s*:\s*)+/u
const EDGES = /^["'«»“”„.!\s]+|["'«»“”„.!\s]+$/gu

/** Whole subjects that say the same in fewer words; a policy that asks for set words cannot refuse others. */
const SAY_THE_SAME = [
  ...['opt-out', 'opt out', 'unsubscribe', 'stop', 'remove me', 'no more mail', 'no marketing'],
  ...[
    'meld meg av',
    'avmelding',
    'avmeld',
    'stopp',
    'reserver meg',
    'reservasjon',
    'ingen reklame',
    'nei takk til reklame',
  ],
]

const plain = (subject: string) =>
  subject
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\u00ad\u200b-\u200d\u2060]+/gu, ' ')
    .replaceAll(/[‐‑‒–—]/gu, '-')
    .trim()
    .replace(PREFIXES, '')
    .replaceAll(EDGES, '')

/**
 * Whether the subject of a mail is an opt-out: the words of the policy, or a few that say the same, in any letters and spaces, and
 * behind any `Re:`; where the policy asks for no words, those few alone. Anything else is for a person to read. Source: markedsføringsloven § 15, GDPR Art. 12(2).
 */
export const isOptOut = (subject: string, asWorded?: string) => {
  const said = plain(subject)
  return (asWorded !== undefined && said === plain(asWorded)) || SAY_THE_SAME.includes(said)
}
