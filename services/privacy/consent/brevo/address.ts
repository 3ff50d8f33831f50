import type { Deps } from '../../deps.ts'
import { waitingAddress } from './store.ts'

/**
 * The address of who consented to news, for what they must be told: as it waits here for Brevo, else as Brevo has it. None where neither
 * does, and no answer where Brevo is silent. It is kept nowhere by it.
 */
export async function addressOfContact(
  { db, consent, brevo, clock }: Pick<Deps, 'db' | 'consent' | 'brevo' | 'clock'>,
  subject: string,
): Promise<{ to?: string } | { silent: string }> {
  const contact = await waitingAddress(db, subject, clock.now().toString())
  if (contact === undefined) return {}
  if (contact.address !== null) return { to: consent.seal.open<{ email: string }>(contact.address).email }
  return brevo === undefined ? {} : brevo.address(subject)
}
