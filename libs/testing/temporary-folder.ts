import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'

/** A folder of the test file's own, as a file: address; gone when the file has ended, or with what `atEnd` says. */
export async function temporaryFolder(atEnd: (close: () => unknown) => unknown = (close) => t.teardown(close)) {
  const folder = await mkdtemp(join(tmpdir(), 'vilkar-folder-'))
  atEnd(() => rm(folder, { recursive: true, force: true }))
  return pathToFileURL(folder).href
}
