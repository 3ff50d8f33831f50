import { appendFile, open, readFile } from 'node:fs/promises'
import { Kept } from '@vilkar/contracts/privacy.ts'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { said } from './said.ts'

const Text = Type.String({ minLength: 1 })
const Id = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })

/** What was erased of a system's records: ids alone. Without a controller it is known from a service that erased it, and not from privacy. */
const Erased = Type.Object(
  {
    ...{ erasureId: Id, controller: Type.Optional(Text), system: Text, records: Type.Array(Text, { minItems: 1 }) },
    ...{ keeps: Type.Array(Kept), erasedAt: Text },
  },
  { additionalProperties: false },
)
/** A person, by keyed hashes, whose erasure was carried out: what they wrote to privacy goes as well. */
const Forgotten = Type.Object(
  { requestId: Id, controller: Text, subjects: Type.Array(Text, { minItems: 1 }), answeredAt: Text },
  { additionalProperties: false },
)
const Word = { controller: Text, subject: Text, purpose: Text, at: Text, source: Type.String() }
/** Who opted out of a purpose, or of all marketing: a keyed hash. */
const OptedOut = Type.Object(Word, { additionalProperties: false })
/** Who took a consent back: a keyed hash. */
const TakenBack = Type.Object(
  {
    ...{ ...Word, id: Id, recordedAt: Text, keptUntil: Text },
    by: Type.Union([Type.Literal('person'), Type.Literal('guardian'), Type.Literal('staff')]),
  },
  { additionalProperties: false },
)
export type Erased = Static<typeof Erased>
export type Forgotten = Static<typeof Forgotten>
export type No = Static<typeof OptedOut> | Static<typeof TakenBack>
export type Entry = Erased | Forgotten | No

export const isErased = (entry: Entry): entry is Erased => 'erasureId' in entry
export const isNo = (entry: Entry): entry is No => 'subject' in entry

/** The entries of a log, in the order in which they were written. Throws what to say of a file that is none, with the line. */
export async function readLog(file: string): Promise<Entry[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw said(`${file} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`)
  })
  const lines = text.split('\n')
  return lines.flatMap((line, n) => (line === '' ? [] : [entryOf(line, `${file}:${n + 1}`)]))
}

function entryOf(line: string, place: string): Entry {
  const value = parsed(line)
  if (Value.Check(Erased, value) || Value.Check(Forgotten, value)) return value
  if (Value.Check(OptedOut, value) || Value.Check(TakenBack, value)) return value
  throw said(`${place} is no entry of a log of erasures.`)
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Appends what the file does not have yet, and returns once it is on the disk. Answers how many entries that was. */
export async function appendNew(file: string, entries: Entry[]): Promise<number> {
  await appendFile(file, '', { mode: 0o600 })
  const known = new Set((await readFile(file, 'utf8')).split('\n'))
  const lines = entries.map((entry) => JSON.stringify(entry)).filter((line) => !known.has(line))
  if (lines.length === 0) return 0
  const handle = await open(file, 'a')
  try {
    // A line that a full disk cut short is ended, so that it spoils no other.
    await handle.write(`${known.has('') ? '' : '\n'}${lines.join('\n')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return lines.length
}
