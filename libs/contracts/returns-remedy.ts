import { type Static, Type } from 'typebox'

/** What a defect may give, in the order in which the law does (forbrukerkjøpsloven § 26, kjøpsloven § 30). */
export const Remedy = Type.Union([
  Type.Literal('repair'),
  Type.Literal('replacement'),
  Type.Literal('price-reduction'),
  Type.Literal('rescission'),
])
export type Remedy = Static<typeof Remedy>
