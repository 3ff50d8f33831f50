import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** A picture of one colour, as a phone sends it: with place, camera and a text in it. */
export const phonePicture = (width = 120, height = 80, colour = '#446688') =>
  sharp({ create: { width, height, channels: 3, background: colour } })
    .withExif({ IFD0: { Make: 'CameraOfKari', Copyright: 'Kari Eksempel' }, IFD3: { GPSLatitudeRef: 'N' } })
    .jpeg()
    .toBuffer()

export const pngPicture = () =>
  sharp({ create: { width: 40, height: 40, channels: 4, background: '#11223344' } })
    .png()
    .toBuffer()
export const webpPicture = () =>
  sharp({ create: { width: 40, height: 40, channels: 3, background: 'red' } })
    .webp()
    .toBuffer()

/** A PNG whose head says so many pixels, and whose data are as good as none: a bomb. */
export function pngOf(width: number, height: number) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(100_000))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** An empty ZIP archive, behind whatever it is put. */
export const ZIP = Buffer.concat([Buffer.from([0x50, 0x4b, 0x05, 0x06]), Buffer.alloc(18)])
export const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
export const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
