import { photoVariables } from '@vilkar/photos/store.ts'
import { commonVariables, SafeUrl } from '@vilkar/server/config.ts'
import { LINK_SECRETS } from '@vilkar/server/signed-links.ts'
import { webhookVariables } from '@vilkar/webhooks/variables.ts'
import { type Static, Type } from 'typebox'

const carrierUrl = (who: string, url: string) =>
  Type.String({ ...SafeUrl(`Where the API of ${who} is.`), default: url })
const PAIR = '[a-z0-9-]{1,40}=whsec_[A-Za-z0-9+/]{32,100}={0,2}'
const SIGNING = `^${PAIR}( *, *${PAIR})*$`

/** The environment of the shipping service. */
export const Config = Type.Object({
  ...commonVariables,
  ...photoVariables,
  ...webhookVariables,
  PUBLIC_URL: Type.Optional(SafeUrl('Where carriers reach this service. Needed for those with an API.')),
  ORDER_PAGE_URL: Type.Optional(
    SafeUrl('Page of the storefront where customers withdraw, which packing slips name: that of returns.'),
  ),
  LINK_SECRETS: Type.Optional(
    Type.String({
      pattern: LINK_SECRETS,
      description:
        'What addresses of pictures are signed with, as in returns; with it and PUBLIC_URL each picture has one that a page can show.',
    }),
  ),
  LINK_REQUESTS_PER_MINUTE: Type.Integer({
    minimum: 1,
    default: 120,
    description: 'Requests of one address by signed links to orders in a minute.',
  }),
  CARRIER_SECRETS: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9_-]{32,200}( *, *[A-Za-z0-9_-]{32,200})*$',
      description:
        'What calls of carriers with an API must bring, separated by commas: carriers are told the first, and bring those of before for as long as they were told to. Needed for them.',
    }),
  ),
  BRING_URL: carrierUrl('Bring and Posten', 'https://api.bring.com'),
  BRING_UID: Type.Optional(
    Type.String({ description: 'Mybring user. With BRING_KEY, parcels are followed at Bring.' }),
  ),
  BRING_KEY: Type.Optional(Type.String({ description: 'API key of that user.' })),
  BRING_CUSTOMER_NUMBER: Type.Optional(
    Type.String({
      maxLength: 100,
      description: 'Customer number at Bring. With it, labels of parcels that go back are booked there.',
    }),
  ),
  UPS_URL: carrierUrl('UPS', 'https://onlinetools.ups.com'),
  UPS_CLIENT_ID: Type.Optional(
    Type.String({ description: 'OAuth client. With UPS_CLIENT_SECRET, parcels are followed at UPS.' }),
  ),
  UPS_CLIENT_SECRET: Type.Optional(Type.String({ description: 'Secret of that client.' })),
  DHL_URL: carrierUrl('DHL', 'https://api-eu.dhl.com'),
  DHL_KEY: Type.Optional(Type.String({ description: 'API key. With it, parcels are followed at DHL.' })),
  DHL_SERVICE: Type.String({
    default: 'parcel-de',
    pattern: '^[a-z-]{1,40}$',
    description: 'Which of DHL’s companies carries, as its Push API calls it.',
  }),
  SIGNING_CARRIERS: Type.Optional(
    Type.String({
      pattern: SIGNING,
      description:
        'Carriers that sign what they tell (Standard Webhooks), each as name=whsec_…, separated by commas: the name in lower case as the warehouse spells it, with - for a space.',
    }),
  ),
})
export type Config = Static<typeof Config>
