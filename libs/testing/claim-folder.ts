import { link, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive, startOf } from './processes.ts'

/** Whose a folder is: the process, when it was started (pids are used again), and the folder's own path (copies are not claimed). */
type Owner = { pid: number; started: string; directory: string }

/**
 * Takes a folder for this process, until the function that comes back is called or the process ends, however it ends.
 * Throws with the code `FOLDER_TAKEN` when a process that lives has it. The claim stands in `owner.json` in the folder.
 */
export async function claimFolder(directory: string) {
  const file = join(directory, 'owner.json')
  const mine = { pid: process.pid, started: await startOf(process.pid), directory: await realpath(directory) }
  const draft = join(directory, `owner.${crypto.randomUUID()}.json`)
  await writeFile(draft, JSON.stringify(mine))
  try {
    while (!(await linked(draft, file))) {
      const owner = await read(file)
      if (owner !== undefined && (await isHeld(owner, mine.directory)))
        throw Object.assign(new Error(`${directory} is in use by process ${owner.pid}.`), {
          code: 'FOLDER_TAKEN',
          pid: owner.pid,
        })
      await rm(file, { force: true })
    }
  } finally {
    await rm(draft)
  }
  return async () => {
    if ((await read(file))?.pid === process.pid) await rm(file)
  }
}

/** Gives a file a second name; false when the name is taken. No other process sees the name without the content. */
const linked = (draft: string, file: string) =>
  link(draft, file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )

const read = (file: string) =>
  readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Owner,
    () => undefined,
  )

async function isHeld(owner: Owner, directory: string) {
  if (!isAlive(owner.pid) || (await startOf(owner.pid)) !== owner.started) return false
  if (owner.directory === directory) return true
  const original = await read(join(owner.directory, 'owner.json'))
  return original?.pid !== owner.pid
}
