/** Words that the whole house shares, each list declared here and nowhere else. The HTTP schemas and events are made of them. */

/** The languages of the shop. */
export const locales = ['nb', 'en'] as const
export type Locale = (typeof locales)[number]

/** ISO 4217. Amounts are integers in the smallest unit. */
export const currencies = ['NOK', 'EUR'] as const
export type Currency = (typeof currencies)[number]

/** Who bought: a consumer does not act mainly in business (angrerettloven § 5). */
export const customerKinds = ['consumer', 'business'] as const
export type CustomerKind = (typeof customerKinds)[number]
