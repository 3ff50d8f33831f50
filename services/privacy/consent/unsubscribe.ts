import { type UnsubscribeHeaders, unsubscribeHeaders } from '@vilkar/mail/one-click.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Consents, UNSUBSCRIBE_LINK } from './consents.ts'
import type { Purpose } from './purposes.ts'
import type { Whose } from './store.ts'

export type Leaving = Whose & { purpose: Purpose; language: 'nb' | 'en' }

/** The link by which a subject leaves a purpose, and the headers of the mail that carries it. It has no end, and no address in it. */
export async function unsubscribeLink(
  { links, publicUrl }: Consents,
  { subject, controller, purpose, language }: Leaving,
): Promise<{ url: string; headers: UnsubscribeHeaders }> {
  const token = await links.sign({ purpose: UNSUBSCRIBE_LINK, subject, content: { controller, purpose, language } })
  const url = `${publicUrl}/unsubscribe?link=${token}`
  return { url, headers: unsubscribeHeaders(url) }
}

/** Who leaves what by a link. Throws a 404 problem for one that is not whole. */
export async function readUnsubscribeLink(
  { links }: Consents,
  token: string,
): Promise<Leaving & { controller: PolicyId }> {
  const { subject, content } = await links.read(token, UNSUBSCRIBE_LINK)
  return { subject, ...(content as Omit<Leaving, 'subject'> & { controller: PolicyId }) }
}
