import sharp from 'sharp'
import t from 'tap'
import { MAX_PHOTO_BYTES, readPicture } from '../picture.ts'
import { GIF, phonePicture, pngOf, pngPicture, SVG, webpPicture, ZIP } from './pictures.ts'

const kindOf = async (bytes: Buffer) => {
  try {
    await readPicture(bytes)
    return 'kept'
  } catch (error) {
    const { statusCode, problem } = error as { statusCode?: number; problem?: { type: string } }
    return `${statusCode} ${problem?.type}`
  }
}
const UNREADABLE = '400 /problems/photo-unreadable'
const UNSUPPORTED = '415 /problems/photo-type-unsupported'

t.test('JPEG, PNG and WebP become a JPEG, whatever they were', async (t) => {
  for (const bytes of [await phonePicture(), await pngPicture(), await webpPicture()]) {
    const picture = await readPicture(bytes)
    t.equal((await sharp(picture.bytes).metadata()).format, 'jpeg')
    t.match(picture.sha256, /^[0-9a-f]{64}$/)
  }
})

t.test('nothing of what a camera or a person wrote into a picture is kept', async (t) => {
  const bytes = await phonePicture()
  t.ok(bytes.includes('CameraOfKari'), 'it is there before')
  const picture = await readPicture(Buffer.concat([bytes, Buffer.from('a film behind the picture')]))
  const { exif, xmp, iptc, icc, comments } = await sharp(picture.bytes).metadata()
  t.strictSame([exif, xmp, iptc, icc, comments], Array(5).fill(undefined))
  for (const text of ['CameraOfKari', 'Kari Eksempel', 'a film']) t.notOk(picture.bytes.includes(text))
})

t.test('a picture lies as the camera held it, and is made smaller, never larger', async (t) => {
  const turned = await sharp(await phonePicture(120, 80))
    .withMetadata({ orientation: 6 })
    .toBuffer()
  t.match(await readPicture(turned), { width: 80, height: 120 })
  t.match(await readPicture(await phonePicture(5_000, 2_500)), { width: 2_560, height: 1_280 })
})

t.test('the same picture is the same bytes under the same name', async (t) => {
  const bytes = await phonePicture()
  t.equal((await readPicture(bytes)).sha256, (await readPicture(Buffer.from(bytes))).sha256)
})

t.test('what is no picture that is read here is refused by its content', async (t) => {
  for (const bytes of [SVG, GIF, Buffer.from('%PDF-1.7'), Buffer.from('hello'), Buffer.alloc(0), Buffer.from('PK')])
    t.equal(await kindOf(bytes), UNSUPPORTED, bytes.toString('latin1', 0, 12))
  const html = Buffer.from('<html><script>alert(1)</script></html>')
  t.equal(await kindOf(html), UNSUPPORTED)
})

t.test('a bomb is refused before it is decoded', async (t) => {
  const before = process.memoryUsage().rss
  t.equal(await kindOf(pngOf(60_000, 60_000)), UNREADABLE)
  t.equal(await kindOf(pngOf(8_000, 8_000)), UNREADABLE)
  t.ok(process.memoryUsage().rss - before < 150_000_000)
})

t.test('a picture that ends too soon is refused, wherever it ends', async (t) => {
  for (const whole of [await phonePicture(800, 600), await pngPicture(), await webpPicture()])
    for (const part of [0.3, 0.6, 0.9]) {
      const kind = await kindOf(whole.subarray(0, Math.floor(whole.length * part)))
      t.ok([UNREADABLE, UNSUPPORTED].includes(kind), kind)
    }
})

t.test('a picture that other programs would read as something else is refused', async (t) => {
  const picture = await phonePicture()
  for (const other of [ZIP, Buffer.from('<?php system($_GET[0]); ?>'), Buffer.from('<SCRIPT>alert(1)</script>'), SVG])
    t.equal(await kindOf(Buffer.concat([picture, other])), UNREADABLE)
  t.equal(await kindOf(Buffer.concat([picture.subarray(0, 2), comment('%PDF-1.4'), picture.subarray(2)])), UNREADABLE)
})

t.test('10 MiB are read, and one byte more is not', async (t) => {
  const picture = await phonePicture()
  const most = Buffer.concat([picture, Buffer.alloc(MAX_PHOTO_BYTES - picture.length)])
  t.equal(await kindOf(most), 'kept')
  t.equal(await kindOf(Buffer.concat([most, Buffer.alloc(1)])), '413 /problems/body-too-large')
})

/** A comment within a JPEG. */
function comment(text: string) {
  const head = Buffer.from([0xff, 0xfe, 0, 0])
  head.writeUInt16BE(text.length + 2, 2)
  return Buffer.concat([head, Buffer.from(text)])
}
