/** A ZIP archive is read from its end: the record there, and a comment of at most 65,535 bytes. */
const ZIP_END = Buffer.from([0x50, 0x4b, 0x05, 0x06])
const ZIP_END_BYTES = 22
const ZIP_COMMENT_AT = 20
const MAX_ZIP_COMMENT = 65_535
/** Readers of PDF look for its first line in so many bytes. */
const PDF_WITHIN = 1_024
/** What begins a page or a program that others run. Pictures carry XML of their own (XMP), which begins with none of these. */
const RUN = ['<script', '<html', '<svg', '<!doctype', '<?php', '<iframe']

/**
 * What else a picture's bytes would be read as by other programs, in words; undefined when nothing was found. Phones append films and
 * second pictures to a JPEG, so that bytes behind the picture say nothing in themselves: only what another program would open does.
 */
export function alsoReadsAs(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, PDF_WITHIN).includes('%PDF-')) return 'a PDF'
  if (endsAsZip(bytes)) return 'a ZIP archive'
  const text = bytes.toString('latin1').toLowerCase()
  return RUN.some((word) => text.includes(word)) ? 'a page or a program' : undefined
}

function endsAsZip(bytes: Buffer) {
  const from = Math.max(0, bytes.length - MAX_ZIP_COMMENT - ZIP_END_BYTES)
  for (let at = bytes.indexOf(ZIP_END, from); at >= 0; at = bytes.indexOf(ZIP_END, at + 1)) {
    const isWhole = at + ZIP_END_BYTES <= bytes.length
    if (isWhole && at + ZIP_END_BYTES + bytes.readUInt16LE(at + ZIP_COMMENT_AT) <= bytes.length) return true
  }
  return false
}
