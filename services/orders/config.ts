import { commonVariables, mailVariables } from '@vilkar/server/config.ts'
import { type Static, Type } from 'typebox'

const Duration = (fallback: string, description: string) =>
  Type.String({ default: fallback, pattern: '^PT([0-9]+H)?([0-9]+M)?([0-9]+S)?$', description })

/** The environment of the orders service. */
export const Config = Type.Object({
  ...commonVariables,
  ...mailVariables,
  PUBLIC_URL: Type.String({
    pattern: '^https?://',
    description: 'Where customers and the payment provider reach this service.',
  }),
  STOREFRONT_URL: Type.String({
    pattern: '^https?://',
    description: 'Where the payment page sends customers back to.',
  }),
  KLARNA_URL: Type.String({
    pattern: '^https?://',
    description: "Base URL of Klarna's API: live, playground or a simulator.",
  }),
  KLARNA_USERNAME: Type.String({ description: 'Klarna API user name.' }),
  KLARNA_PASSWORD: Type.String({ description: 'Klarna API password.' }),
  QUOTE_VALID_FOR: Duration('PT30M', 'How long a quote is good for.'),
  PAYMENT_DUE_AFTER: Duration('PT24H', 'How long a customer has to pay before the order lapses.'),
  AUTHORISATION_EXTEND_BEFORE: Type.String({
    default: 'P5D',
    pattern: '^P[0-9]{1,3}D$',
    description: 'How long before an authorisation runs out it is extended.',
  }),
  SHIPPED_NOT_CAPTURED_AFTER: Duration(
    'PT1H',
    'How long goods may have left without being paid before a person is called.',
  ),
})
export type Config = Static<typeof Config>
