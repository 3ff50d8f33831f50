import { randomUUID } from 'node:crypto'

const BLANK_LINE = '\r\n\r\n'
/** Where a field of a header begins: a line that continues one begins with a space or tab (RFC 5322 § 2.2.3). */
const FIELD = /\r\n(?![ \t])/
const ABOUT_CONTENT = /^content-/i

/**
 * A message as what it is sent with and what is in it: the fields of its header that are about its content go with the content, so that
 * this can stand as a part in another message (RFC 2045 § 3, RFC 2046 § 5.1).
 */
function opened(message: Buffer): { header: string[]; part: Buffer } {
  const end = message.indexOf(BLANK_LINE)
  const fields = message.toString('latin1', 0, end).split(FIELD)
  const aboutContent = fields.filter((field) => ABOUT_CONTENT.test(field))
  return {
    header: fields.filter((field) => !ABOUT_CONTENT.test(field)),
    part: Buffer.concat([Buffer.from(aboutContent.join('\r\n'), 'latin1'), message.subarray(end)]),
  }
}

/** The content of a message, as a part of another. */
export const partOf = (message: Buffer): Buffer => opened(message).part

/** A message with further parts behind its content, which are sent as they are (`multipart/mixed`, RFC 2046 § 5.1.3). */
export function enclose(message: Buffer, parts: readonly Buffer[]): Buffer {
  const { header, part } = opened(message)
  // Drawn anew for each message, so that no text in it can have it.
  const boundary = `=_${randomUUID()}`
  const line = (text: string) => Buffer.from(text, 'latin1')
  const before = line(`--${boundary}\r\n`)
  return Buffer.concat([
    line([...header, `Content-Type: multipart/mixed; boundary="${boundary}"`, '', ''].join('\r\n')),
    ...[part, ...parts].flatMap((each) => [before, each, line('\r\n')]),
    line(`--${boundary}--\r\n`),
  ])
}
