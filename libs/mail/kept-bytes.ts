import { createHash } from 'node:crypto'
import type { Attachment } from './mail.ts'

/** Where in a message bytes were taken out that are kept elsewhere, and which: the place in the whole message, in bytes. */
export type Cut = { at: number; sha256: string }

/** How attachments stand in a message: Base64 in lines of 76 (RFC 2045 § 6.8). */
const LINE = /.{1,76}/g
const encoded = (content: Buffer) => Buffer.from(content.toString('base64').match(LINE)?.join('\r\n') ?? '', 'ascii')

const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex')

type Known = { bytes: Buffer; inside: Buffer; sha256: string }
/** What many mails have is the same object in each, so that its bytes are encoded and hashed once. */
const known = new WeakMap<Buffer, Known>()
function knownOf(content: string | Buffer): Known {
  const found = typeof content === 'string' ? undefined : known.get(content)
  if (found !== undefined) return found
  const bytes = Buffer.from(content)
  const fresh = { bytes, inside: encoded(bytes), sha256: hashOf(bytes) }
  if (typeof content !== 'string') known.set(content, fresh)
  return fresh
}

/** A message without the bytes of the attachments that many mails have, and those. `joined` gives the same message again. */
export function parted(message: Buffer, attachments: readonly Attachment[]) {
  const kept = new Map<string, Buffer>()
  const cuts: Cut[] = []
  const rest: Buffer[] = []
  let from = 0
  for (const { content, manyHaveIt } of attachments) {
    if (!manyHaveIt) continue
    const { bytes, inside, sha256 } = knownOf(content)
    const at = message.indexOf(inside, from)
    if (at === -1 || inside.length === 0) continue
    kept.set(sha256, bytes)
    cuts.push({ at, sha256 })
    rest.push(message.subarray(from, at))
    from = at + inside.length
  }
  return { message: Buffer.concat([...rest, message.subarray(from)]), cuts, kept }
}

/** The whole message. Throws when something that it needs is not kept. */
export function joined(message: Buffer, cuts: readonly Cut[], kept: ReadonlyMap<string, Buffer>): Buffer {
  const parts: Buffer[] = []
  let length = 0
  let from = 0
  const add = (part: Buffer) => {
    parts.push(part)
    length += part.length
  }
  for (const { at, sha256 } of cuts) {
    const content = kept.get(sha256)
    if (content === undefined) throw new Error(`The attachment ${sha256} of a mail is not kept.`)
    const upTo = from + at - length
    add(message.subarray(from, upTo))
    add(encoded(content))
    from = upTo
  }
  add(message.subarray(from))
  return Buffer.concat(parts)
}
