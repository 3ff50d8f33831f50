import { SafeUrl } from '@vilkar/server/config.ts'
import { Type } from 'typebox'

/** The variables of the room. */
export const consentVariables = {
  BREVO_API_KEY: Type.Optional(
    Type.String({ pattern: '^\\S{8,200}$', description: 'Key of Brevo’s API; left out, nobody is brought there.' }),
  ),
  BREVO_URL: { ...SafeUrl('Brevo’s API.'), default: 'https://api.brevo.com' },
  BREVO_LISTS: Type.String({
    ...{ default: 'newsletter=1', pattern: '^[a-z-]+=[0-9]+( *, *[a-z-]+=[0-9]+)*$' },
    description: 'Which list of Brevo’s is for which purpose, separated by commas.',
  }),
  BREVO_WEBHOOK_TOKEN: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9_-]{32,200}$',
      description: 'What Brevo’s webhook brings as a bearer token; left out, nobody’s calls are heard.',
    }),
  ),
  OPT_OUT_MAILBOXES: Type.Optional(
    Type.String({
      pattern: '^[a-z0-9-]+=imaps?://\\S+( +[a-z0-9-]+=imaps?://\\S+)*$',
      description:
        'Mailboxes to which people write that they opt out, as `controller=imaps://user:password@host/folder`, separated by blanks; left out, none is read.',
    }),
  ),
  PAGE_REQUESTS_PER_MINUTE: Type.Integer({
    default: 120,
    minimum: 1,
    description: 'Requests of one address to the pages of links in mails in a minute.',
  }),
}
