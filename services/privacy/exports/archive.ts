import type { Zippable } from 'fflate'
import { indexPage } from './index-page.ts'
import type { ExportContents } from './schema.ts'
import type { Language } from './tables.ts'

/** The archive as a zip file: `data.json` for machines, `index.html` for people, and the pictures that these name. The same contents make the same bytes. */
export async function archiveOf(
  { contents, files: pictures }: { contents: ExportContents; files: Record<string, Uint8Array> },
  language: Language,
): Promise<Uint8Array> {
  const { zipSync, strToU8 } = await import('fflate')
  const mtime = Temporal.Instant.from(contents.madeAt).epochMilliseconds
  const stored = Object.entries(pictures).map(([name, bytes]) => [name, [bytes, { level: 0 }]] as const)
  const files: Zippable = {
    'data.json': strToU8(`${JSON.stringify(contents, null, 2)}\n`),
    'index.html': strToU8(indexPage(contents, language)),
    // Pictures are packed already.
    ...Object.fromEntries(stored),
  }
  return zipSync(files, { mtime })
}
