import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'

/** A folder of the test file's own, as a file: address; gone when the file has ended. */
export async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'vilkar-folder-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  return pathToFileURL(folder).href
}
