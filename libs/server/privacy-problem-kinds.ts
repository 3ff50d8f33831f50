/** Kinds of problem that the privacy service answers with: part of the list in `problem-kinds.ts`. */
export const privacyProblemKinds: Record<string, string> = {
  'breach-unknown': 'There is no such breach.',
  'breach-differs': 'Another breach was opened under this id. Open it under another.',
  'breach-closed': 'The breach is closed. Open another for what was found since.',
  'breach-untold': 'The authority, or the people concerned, have to be told before the breach is closed.',
  'disclosure-differs': 'Another disclosure was written down under this id. Use another id.',
  'processor-differs': 'Under this id stands a processor of another controller. Use another id.',
  'recipient-not-named': 'The privacy policy names no such recipient, so that nothing may be shared with it.',
  'safeguard-missing': 'Data that leave the EEA need a safeguard. Say which one there is.',
  'erasure-unknown': 'No erasure was asked for under this id.',
  'erasure-differs': 'Another erasure was asked for under this id. Ask for it under another.',
  'age-unknown': 'Nobody has said how old they are. Ask whether they have turned `threshold`, and send it as `age`.',
  'guardian-must-consent': 'They are too young to consent alone. Ask a guardian by `POST /guardian-consents`.',
  'guardian-not-needed': 'They are old enough to consent alone, by `PUT /consents`.',
  'identifier-unproven':
    'Nobody vouches that it is theirs, and only an e-mail address can be asked. A storefront’s server says `proven` for who is signed in.',
  'choice-unknown': 'The browser has chosen nothing, or is to be asked again.',
}
