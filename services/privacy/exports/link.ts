import type { Consents } from '../consent/consents.ts'

/** The purpose of a link by which a person fetches what was collected for them; the subject is the export. */
const EXPORT_LINK = 'export'

/** The address by which an export is fetched until its link ends. */
export async function exportLink({ links, publicUrl }: Consents, id: string, until: string) {
  const token = await links.sign({ purpose: EXPORT_LINK, subject: id, expiresAt: until })
  return `${publicUrl}/exports/${id}/download?link=${token}`
}

/** Whether a link is for this export and good. */
export async function isLinkTo({ links }: Consents, id: string, token: string) {
  try {
    return (await links.read(token, EXPORT_LINK)).subject === id
  } catch {
    return false
  }
}
