import { osloDay } from '@vilkar/terms/calendar.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Consents } from '../consent/consents.ts'
import type { Deps } from '../deps.ts'
import type { RequestKind } from './tables.ts'

/** The purpose of a link by which somebody shows that an address is theirs. */
const PROOF_LINK = 'request'
const LINK_DAYS = 7

/** A request that is to be proven: one that stands already, or one that is kept nowhere and travels, sealed, in the link. */
export type ToProve = { requestId: string } | Asked
export type Asked = {
  id: string
  controller: PolicyId
  kind: RequestKind
  email: string
  language: 'nb' | 'en'
  /** The month runs from the day on which it was asked, not from the proof. */
  receivedOn: string
  purpose?: string
  orderId?: string
  words?: string
}

/** The link, and the last day on which it is good. */
export async function proofLink({ clock, consent }: Pick<Deps, 'clock' | 'consent'>, toProve: ToProve) {
  const ends = clock.now().add({ hours: 24 * LINK_DAYS })
  const subject = 'requestId' in toProve ? toProve.requestId : toProve.id
  const content = { sealed: consent.seal.seal(toProve) }
  const token = await consent.links.sign({ purpose: PROOF_LINK, subject, expiresAt: ends.toString(), content })
  return { url: `${consent.publicUrl}/request-confirmations?link=${token}`, until: osloDay(ends).toString() }
}

/** What a link is to prove. Throws a 404 problem for one that is not whole or has ended. */
export async function readProofLink({ links, seal }: Consents, token: string): Promise<ToProve> {
  const { content } = await links.read(token, PROOF_LINK)
  return seal.open<ToProve>((content as { sealed: string }).sealed)
}
