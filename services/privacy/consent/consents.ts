import type { Clock } from '@vilkar/server/clock.ts'
import { createSignedLinks, type SignedLinks } from '@vilkar/server/signed-links.ts'
import type { Config } from '../config.ts'
import { createSeal, type Seal } from './seal.ts'

/** What the room works with beside the database. `publicUrl` ends without a slash. */
export type Consents = {
  seal: Seal
  links: SignedLinks
  publicUrl: string
  /** Requests of one address to the pages in a minute. */
  pageRequestsPerMinute: number
  /** What Brevo brings when it calls; undefined where nobody may call. */
  brevoToken?: string
}

/** Purposes of signed links, which are good for nothing else. */
export const UNSUBSCRIBE_LINK = 'unsubscribe'
export const CONFIRM_LINK = 'consent'

type Variables = Pick<
  Config,
  'SUBJECT_SECRET' | 'LINK_SECRETS' | 'PUBLIC_URL' | 'PAGE_REQUESTS_PER_MINUTE' | 'BREVO_WEBHOOK_TOKEN'
>

export const createConsents = (config: Variables, { now }: Pick<Clock, 'now'>): Consents => ({
  seal: createSeal(config.SUBJECT_SECRET),
  links: createSignedLinks({ secrets: config.LINK_SECRETS, now }),
  publicUrl: config.PUBLIC_URL.replace(/\/+$/, ''),
  pageRequestsPerMinute: config.PAGE_REQUESTS_PER_MINUTE,
  brevoToken: config.BREVO_WEBHOOK_TOKEN,
})
