import { createHash } from 'node:crypto'

const entities = (text: string) => text.replace(/[^\x20-\x7e]/gu, (letter) => `&#${letter.codePointAt(0)};`)
const quotedPrintable = (bytes: Buffer) =>
  [...bytes]
    .map((byte) => (byte < 0x7f ? String.fromCharCode(byte) : `=${byte.toString(16).padStart(2, '0')}`))
    .join('')
const jsonEscaped = (text: string) =>
  text.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
/** Base64 of the bytes wherever they begin within a longer text: what does not depend on their neighbours. */
const inBase64 = (bytes: Buffer) =>
  [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const inside = whole.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3))
    return [inside, inside.replaceAll('+', '-').replaceAll('/', '_')]
  })
const hashes = (text: string) =>
  ['md5', 'sha1', 'sha256'].flatMap((kind) =>
    (['hex', 'base64', 'base64url'] as const).map((form) => createHash(kind).update(text).digest(form)),
  )

/** Every way in which software writes a text: what is searched for, in small letters. */
export function spellingsOf(text: string): string[] {
  const forms = [text, text.toLowerCase(), text.toUpperCase(), text.normalize('NFD')]
  const all = forms.flatMap((form) => {
    const bytes = Buffer.from(form, 'utf8')
    const escaped = [encodeURIComponent(form), entities(form), jsonEscaped(form), quotedPrintable(bytes)]
    const encoded = [bytes.toString('hex'), bytes.toString('latin1'), ...inBase64(bytes), ...hashes(form)]
    return [form, ...escaped, ...encoded]
  })
  return [...new Set(all.map((form) => form.toLowerCase()))]
}

/** What stands around the first spelling that a text or bytes have; undefined where they have none. */
export function foundIn(content: string | Buffer, spellings: readonly string[]): string | undefined {
  const texts = typeof content === 'string' ? [content] : [content.toString('utf8'), content.toString('latin1')]
  for (const text of texts.map((each) => each.toLowerCase()))
    for (const spelling of spellings) {
      const at = text.indexOf(spelling)
      if (at !== -1) return text.slice(Math.max(0, at - 60), at + spelling.length + 60)
    }
  return undefined
}
