import { indexPage } from './index-page.ts'
import type { ExportContents } from './schema.ts'
import type { Language } from './tables.ts'

/** The archive as a zip file: `data.json` for machines, `index.html` for people. The same contents make the same bytes. */
export async function archiveOf(contents: ExportContents, language: Language): Promise<Uint8Array> {
  const { zipSync, strToU8 } = await import('fflate')
  const mtime = Temporal.Instant.from(contents.madeAt).epochMilliseconds
  const files = {
    'data.json': strToU8(`${JSON.stringify(contents, null, 2)}\n`),
    'index.html': strToU8(indexPage(contents, language)),
  }
  return zipSync(files, { mtime })
}
