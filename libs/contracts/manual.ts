import { type Static, Type } from 'typebox'

/**
 * The address of a page where a manual is read: https, so that nobody changes on the way what somebody installs by, and of letters that a
 * slip and a mail can print.
 */
export const ManualUrl = (description: string) =>
  Type.String({
    pattern: '^https://[A-Za-z0-9][!#-;=?A-Z_a-z~\\[\\]]{2,490}$',
    errorMessage: 'must be the address of a page: https and no blanks, at most 500 letters',
    description,
    examples: ['https://help.example/door-lock'],
  })

/** Where the manual of a product is read, per language: it need not lie in the parcel of an order in that language (clause 11). */
export const OnlineManual = Type.Object(
  {
    nb: Type.Optional(ManualUrl('In Norwegian.')),
    en: Type.Optional(ManualUrl('In English.')),
  },
  { additionalProperties: false, minProperties: 1, title: 'OnlineManual' },
)
export type OnlineManual = Static<typeof OnlineManual>
