/** A mail as whoever got it read it. What was attached is named: a person has it in their mailbox, and documents stand elsewhere in an export. */
export type ReadableMail = { subject: string; sentAt?: string; text: string; attachments: string[] }

/** What came with a mail: its bytes are those of the file only where the message is whole. */
export type MailFile = { filename: string; contentType: string; content: Buffer }

/** Reads the bytes of a mail: subject, moment and text, and what was attached, each by the name that it has or by its number. */
export async function openMail(
  message: Uint8Array,
): Promise<Omit<ReadableMail, 'attachments'> & { attachments: MailFile[] }> {
  const { default: PostalMime } = await import('postal-mime')
  const { subject = '', date, text = '', attachments } = await PostalMime.parse(message)
  return {
    subject,
    ...(date !== undefined && { sentAt: date }),
    text: text.trimEnd(),
    attachments: attachments.map(({ filename, mimeType, content }, i) => ({
      filename: filename ?? `${i + 1}`,
      contentType: mimeType,
      content: Buffer.from(content as ArrayBuffer),
    })),
  }
}

/** Reads the bytes of a mail as they are kept, where attachments may be cut out or stand without their encoding: only their names count. */
export async function readableMail(message: Uint8Array): Promise<ReadableMail> {
  const { attachments, ...mail } = await openMail(message)
  return { ...mail, attachments: attachments.map(({ filename }) => filename) }
}
