import { createHash } from 'node:crypto'
import { type Attachment, ownAndShared } from './mail.ts'

/**
 * Where an attachment stands in the whole message, in bytes, and how it is kept: elsewhere under its hash, or as its own bytes in this
 * place, so many, without their encoding, which takes a third more and does not compress.
 */
export type Cut = { at: number } & ({ sha256: string } | { bytes: number })

/** How attachments stand in a message: Base64 in lines of 76 (RFC 2045 § 6.8). */
const LINE = /.{1,76}/g
const encoded = (content: Buffer) => Buffer.from(content.toString('base64').match(LINE)?.join('\r\n') ?? '', 'ascii')

const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex')

type Known = { bytes: Buffer; inside: Buffer; sha256: string }
const ownOf = (bytes: Buffer) => ({ bytes, inside: encoded(bytes), sha256: undefined })
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

/**
 * A message as it is kept, without the bytes of the attachments that many mails have, and those. `joined` gives the same message
 * again. A version that knows no attachment kept in its place sends none of these mails, and leaves them to one that does.
 */
export function parted(message: Buffer, attachments: readonly Attachment[]) {
  const kept = new Map<string, Buffer>()
  const cuts: Cut[] = []
  const rest: Buffer[] = []
  let from = 0
  for (const { content, manyHaveIt } of ownAndShared(attachments).flat()) {
    // Text goes out as it is, or nearly.
    if (!manyHaveIt && typeof content === 'string') continue
    const { bytes, inside, sha256 } = manyHaveIt ? knownOf(content) : ownOf(content as Buffer)
    const at = message.indexOf(inside, from)
    if (at === -1 || inside.length === 0) continue
    rest.push(message.subarray(from, at))
    if (sha256 === undefined) {
      cuts.push({ at, bytes: bytes.length })
      rest.push(bytes)
    } else {
      cuts.push({ at, sha256 })
      kept.set(sha256, bytes)
    }
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
  for (const cut of cuts) {
    const upTo = from + cut.at - length
    add(message.subarray(from, upTo))
    from = 'bytes' in cut ? upTo + cut.bytes : upTo
    const content = 'bytes' in cut ? message.subarray(upTo, from) : kept.get(cut.sha256)
    if (content === undefined) throw new Error(`The attachment at ${cut.at} of a mail is not kept.`)
    add(encoded(content))
  }
  add(message.subarray(from))
  return Buffer.concat(parts)
}
