import { Type } from 'typebox'

/** How systems, their records and what they hold are called at our doors. */
const named = (pattern: string, what: string, example: string, description?: string) =>
  Type.String({ pattern, errorMessage: `must be ${what}`, examples: [example], ...(description && { description }) })

const WORD = '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'
const A_WORD = 'at most 40 small letters, digits and hyphens, with no hyphen at either end'

/** A program that holds data, as it calls itself. */
export const SystemName = named(WORD, A_WORD, 'photo-store')
/** A record, as its system calls it, with nothing in it that names a person. */
export const RecordName = named(
  '^[A-Za-z0-9._-]{1,100}$',
  'at most 100 letters, digits, dots, hyphens and low lines',
  'album-8231',
  'As the system calls it. It must name nobody.',
)
/** What data are, or are used for, as the policy says. */
export const CategoryName = named(WORD, A_WORD, 'cat5', 'As the policy of the controller names it.')
export const PurposeName = named(WORD, A_WORD, 'direct-marketing', 'What the data are used for.')
/** Why something cannot be done yet, for programs to read. */
export const WhyCode = named(WORD, A_WORD, 'order-open')

export const Age = Type.Integer({
  minimum: 0,
  maximum: 150,
  description:
    'Full years, by the person’s own word; who was only asked whether they are old enough says the age that was asked for. It is not kept.',
})
