import { Type } from 'typebox'

/** That a guarantee is one of durability, and what the label says of its goods (Directive 2011/83/EU, Art. 2(14a) and 6(1)(la)). */
export const Durability = Type.Object(
  {
    brand: Type.String({ minLength: 1, maxLength: 80, description: 'The producer’s brand or trade mark.' }),
    model: Type.String({ minLength: 1, maxLength: 80, description: 'The producer’s identifier of the model.' }),
  },
  {
    ...{ additionalProperties: false, title: 'Durability' },
    description:
      'The producer has said that the guarantee is one of durability: of the whole good, at no extra cost, and of more than two years. Only of a manufacturer’s.',
  },
)
