import { chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from './processes.ts'

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm'
/** So many bytes a run of all files may come to, and what of the memory is free has to be for the processes as well. */
const [NEEDED, NEEDED_WITH_PROCESSES] = [8 * 1024 ** 3, 12 * 1024 ** 3]
const NAME = 'vilkar-test-'

/** `folder`: of files in memory; `free`: how many bytes of memory nobody uses. */
type Memory = { folder?: string; free?: number }

/**
 * A folder for all that a run writes and nobody reads after it, and so what tests take for the machine's temporary folder. It is in memory where there is
 * plenty: to copy a database is to make hundreds of files, which a disk's journal takes several times as long over as all else of it. What a
 * run left that was killed goes first. Throws what the file system throws.
 */
export async function makeRunFolder({ folder = IN_MEMORY, free = process.availableMemory() }: Memory = {}) {
  const parent = (await hasRoom(folder, free)) ? folder : tmpdir()
  await removeLeft(parent)
  const path = await mkdtemp(join(parent, `${NAME}${process.pid}-`))
  // initdb runs as the user nobody when we are root, and must be able to enter the folder.
  await chmod(path, 0o755)
  return path
}

const hasRoom = async (folder: string, free: number) =>
  free >= NEEDED_WITH_PROCESSES &&
  (await statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize >= NEEDED,
    () => false,
  ))

async function removeLeft(parent: string) {
  const left = (await readdir(parent)).filter((name) => {
    const pid = new RegExp(`^${NAME}(\\d+)-`).exec(name)?.[1]
    return pid !== undefined && !isAlive(Number(pid))
  })
  await Promise.all(left.map((name) => rm(join(parent, name), { recursive: true, force: true })))
}
