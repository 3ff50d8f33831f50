import t from 'tap'
import { Value } from 'typebox/value'
import { MOST_COLLECTED_BYTES } from '../../exports/pictures.ts'
import { ExportContents } from '../../exports/schema.ts'
import { startPrivacyForTest } from '../privacy-service.ts'
import { aPerson, exporting, unpacked } from './an-export.ts'

const house = await startPrivacyForTest()
const { call, held, pictures, pool } = house
const { ask, look, mailsTo, pathIn, follow, order } = await exporting(house)
const GIVEN = { code: /.+/, cites: [{ section: /^Art\. / }] }

const named = (value: string) => ({ place: 'photo.sha256', category: 'quotation', value })
const hash = (letter: string) => letter.repeat(64)
const archiveOf = async ({ value }: { value: string }) =>
  unpacked(
    (await follow('POST', pathIn(mailsTo(value).findLast(({ text }) => /download/.test(text))?.text ?? ''))).bytes,
  )

/** An order whose shipping has these pictures, asked for by whose it is. */
async function withPictures(
  kept: Record<string, (typeof pictures)[string] | undefined>,
  { kind = 'access' }: { kind?: string } = {},
) {
  const person = aPerson()
  const orderId = await order(person)
  held[`shipping ${orderId}`] = Object.keys(kept).map(named)
  for (const [sha256, picture] of Object.entries(kept))
    if (picture !== undefined) pictures[`shipping ${orderId} ${sha256}`] = picture
  const { id } = await ask(person, { kind })
  await look()
  return { person, orderId, id }
}

t.test(
  'the pictures themselves are in the archive, named from both of its halves, and sealed until then',
  async (t) => {
    const bytes = Buffer.from([0xff, 0xd8, 0, 1, 2])
    const { person, orderId, id } = await withPictures({ [hash('a')]: { bytes } })
    const { names, files, data, page } = await archiveOf(person)
    const file = `photos/${hash('a')}.jpg`
    t.strictSame(names, ['data.json', 'index.html', file])
    t.ok(bytes.equals(files[file]!))
    t.strictSame([...Value.Errors(ExportContents, data)], [], 'as the schema says')
    const [{ data: shown }] = data.records.filter(({ record }: { record: string }) => record === orderId)
    t.match(shown.at(-1), { holder: 'shipping', value: hash('a'), file })
    t.match(page, `<a href="${file}">`)
    t.notMatch(page, /<img/, 'the page loads nothing')
    const { rows } = await pool.query('select archive from export where id = $1', [id])
    t.notOk(rows[0].archive.includes(bytes))
  },
)

t.test('a picture that is being erased, and one whose file is gone, are said to be left out and why', async (t) => {
  const { person } = await withPictures({ [hash('b')]: undefined, [hash('c')]: { gone: 'file-gone' } })
  const { names, data } = await archiveOf(person)
  t.strictSame(names, ['data.json', 'index.html'])
  t.match(
    data.withheld.filter(({ what }: { what: string }) => what === 'photo.sha256'),
    [
      { reason: { ...GIVEN, code: 'photo-is-being-erased' }, count: 1 },
      { reason: { ...GIVEN, code: 'photo-file-is-gone' }, count: 1 },
    ],
  )
  t.notOk(JSON.stringify(data.records).includes('photos/'), 'no file is named that is not there')
})

t.test('what there is no room for is named, with how to get it, and what comes before it is there', async (t) => {
  const large = Buffer.alloc((MOST_COLLECTED_BYTES / 4) * 3 - 1_000)
  const { person, orderId } = await withPictures({
    ...{ [hash('d')]: { bytes: large }, [hash('e')]: { bytes: Buffer.alloc(2_000) } },
  })
  const { names, data, page } = await archiveOf(person)
  t.strictSame(names, ['data.json', 'index.html', `photos/${hash('d')}.jpg`])
  t.strictSame(data.missing, [{ system: 'shop', holder: 'shipping', record: orderId, photo: hash('e') }])
  t.match(page, /Bilder som det ikke var plass til\. Skriv til [^<]+, så får du dem/)
})

t.test('the room is that of an export, and not of each order in it', async (t) => {
  const person = aPerson()
  const large = Buffer.alloc((MOST_COLLECTED_BYTES / 16) * 9)
  for (const letter of ['1', '2']) {
    const orderId = await order(person)
    held[`shipping ${orderId}`] = [named(hash(letter))]
    pictures[`shipping ${orderId} ${hash(letter)}`] = { bytes: large }
  }
  await ask(person)
  await look()
  const { names, data } = await archiveOf(person)
  t.equal(names.length, 3, 'one of the two')
  t.equal(data.missing.length, 1)
})

t.test('a holder that does not answer for a picture is asked again, and has delivered once it does', async (t) => {
  const { person, orderId, id } = await withPictures({ [hash('f')]: { silent: 'no answer' } })
  const { body } = await call('support', 'GET', `/exports/${id}`)
  t.equal(body.status, 'collecting')
  t.match(
    body.parts.filter(({ status }: { status: string }) => status === 'wanted'),
    [{ holder: 'shipping', record: orderId }],
  )
  pictures[`shipping ${orderId} ${hash('f')}`] = { bytes: Buffer.from([1]) }
  await pool.query('update export set due_at = begun_at where id = $1', [id])
  await look()
  t.equal((await archiveOf(person)).names.length, 3)
})

t.test('who takes data along takes the pictures that they sent, and not those that others made of it', async (t) => {
  const person = aPerson()
  const orderId = await order(person)
  const [mine, theirs] = [hash('7'), hash('8')]
  held[`shipping ${orderId}`] = [{ ...named(mine), category: 'given' }, named(theirs)]
  for (const sha256 of [mine, theirs]) pictures[`shipping ${orderId} ${sha256}`] = { bytes: Buffer.from([1, 2]) }
  await ask(person, { kind: 'portability' })
  await look()
  const { names, files, data, page } = await archiveOf(person)
  t.strictSame(names, ['data.json', 'index.html', `photos/${mine}.jpg`])
  t.ok(files[`photos/${mine}.jpg`]!.byteLength > 0)
  t.match(page, `photos/${mine}.jpg`)
  t.match(data.withheld[0], { what: 'photo.sha256', reason: { code: 'not-given-by-the-person' }, count: 1 })
})

t.test(
  'what a holder names is no name of a file unless it is a hash, and nobody takes along what is withheld',
  async (t) => {
    const odd = await withPictures({ '../../index.html': { bytes: Buffer.from([1]) } })
    t.equal((await archiveOf(odd.person)).names.length, 2)
    const taken = await withPictures({ [hash('9')]: { bytes: Buffer.from([1]) } }, { kind: 'portability' })
    const { names, data } = await archiveOf(taken.person)
    t.equal(names.length, 2)
    t.match(data.withheld[0], { what: 'photo.sha256', reason: { code: 'not-given-by-the-person' } })
  },
)
