import type { Deps } from '../deps.ts'

/** The purpose of a link that shows the return label of one case; the subject is the case. */
export const LABEL_LINK = 'return-label'
const VALID_DAYS = 30

/** Where a customer finds the label of a case without signing in, for as long as it is good. */
export async function labelAddress(
  { links, settings, clock }: Pick<Deps, 'links' | 'settings' | 'clock'>,
  { caseId, validUntil }: { caseId: string; validUntil?: string },
) {
  const end = clock
    .now()
    .add({ hours: 24 * VALID_DAYS })
    .toString()
  const link = await links.sign({ purpose: LABEL_LINK, subject: caseId, expiresAt: validUntil ?? end })
  return `${settings.publicUrl}/return-labels?link=${link}`
}
