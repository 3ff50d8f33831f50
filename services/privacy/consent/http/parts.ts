import { CountryCode } from '@vilkar/server/person.ts'
import { Type } from 'typebox'
import { ControllerId } from '../../policies/controllers.ts'
import { IdentifierKind } from '../../subjects/subject-key.ts'
import { PurposeName } from '../purposes.ts'

export const tags = ['consent']
export const Language = Type.Union([Type.Literal('nb'), Type.Literal('en')], {
  description: 'Of the text and of what is mailed.',
})

/** Whom it is about. It is hashed with a key, and not kept. */
export const subjectFields = {
  controller: ControllerId,
  kind: IdentifierKind,
  value: Type.String({
    ...{ minLength: 3, maxLength: 254, pattern: '\\S', examples: ['kari@example.com'] },
    errorMessage: 'must be what somebody is known by, and not blank',
    description: 'In whatever letters. It is hashed with a key and not kept.',
  }),
}

export const BrowserId = Type.String({
  pattern: '^[A-Za-z0-9_-]{16,100}$',
  errorMessage: 'must be an id of 16 to 100 letters, digits, hyphens and underscores by chance',
  description:
    'An id by chance that the storefront keeps in a cookie of its own for the choice alone. It is hashed and not kept.',
})

/** Where they live, by which it is judged whether they consent alone. It is not kept. */
export const LivesIn = Type.Optional({
  ...CountryCode,
  description:
    'Where they live, ISO 3166-1 alpha-2: the age from which somebody consents alone differs (GDPR Art. 8(1)). Norway if it is left out. It is not kept.',
})

/** What is agreed to, as the person saw it. */
export const textFields = {
  purpose: PurposeName,
  text: Type.String({
    minLength: 10,
    maxLength: 20_000,
    description: 'The words that the person agrees to, as shown. Kept once.',
  }),
  language: Language,
  source: Type.String({
    ...{ pattern: '^[a-z0-9][a-z0-9-]{0,59}$', examples: ['checkout', 'footer-form', 'letter'] },
    errorMessage: 'must be a way in small letters, digits and hyphens, at most 60',
    description: 'By which way it came.',
  }),
}
