import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { runPnpm } from '@vilkar/testing/pnpm.ts'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** Where packages of the house stand. */
const GROUPS = ['libs', 'services', 'infra']
const LOCK_FILE = 'pnpm-lock.yaml'

const git = async (...words: string[]) => (await run('git', words, { cwd: ROOT })).stdout.trim()

/**
 * The sources of the version before this one, in a folder of their own that goes with `opening`: of `VERSION_BEFORE`, else of the last
 * tag before this commit, else of the commit before it. With the packages of this version where both ask for the same, else with
 * its own. Answers why there is none instead, where there is no history, or its packages cannot be had.
 */
export async function checkOutBefore(
  opening: AsyncDisposableStack,
): Promise<{ folder: string; commit: string } | { missing: string }> {
  const commit = await before()
  if (commit === undefined) return { missing: 'there is no history here: no commit before this one' }
  const parent = await mkdtemp(join(tmpdir(), 'vilkar-before-'))
  opening.defer(() => rm(parent, { recursive: true, force: true }))
  const folder = join(parent, 'vilkar')
  await git('worktree', 'add', '--detach', folder, commit)
  opening.defer(async () => void (await git('worktree', 'remove', '--force', folder)))
  const same = (await git('diff', '--name-only', commit, '--', LOCK_FILE)) === ''
  if (same) await lendPackages(folder)
  else {
    const failure = await install(folder)
    if (failure !== undefined) return { missing: `the packages of ${commit} cannot be installed: ${failure}` }
  }
  return { folder, commit }
}

async function before(): Promise<string | undefined> {
  const tag = () => git('describe', '--tags', '--abbrev=0', 'HEAD~1')
  const commitOf = (name: string) => git('rev-parse', '--verify', '--quiet', `${name}^{commit}`)
  const { VERSION_BEFORE } = process.env
  if (VERSION_BEFORE !== undefined) return commitOf(VERSION_BEFORE)
  return tag()
    .then(commitOf, () => commitOf('HEAD~1'))
    .catch(() => undefined)
}

/** Gives a folder the packages that are installed here: links that lead to its own rooms, or to where packages are kept. */
async function lendPackages(folder: string) {
  const rooms = await Promise.all(
    GROUPS.map(async (group) => {
      const entries = await readdir(join(folder, group), { withFileTypes: true })
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(group, name))
    }),
  )
  for (const room of ['.', ...rooms.flat()])
    await cp(join(ROOT, room, 'node_modules'), join(folder, room, 'node_modules'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('node_modules/.pnpm') && !path.endsWith('node_modules/.cache'),
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
  await symlink(join(ROOT, 'node_modules/.pnpm'), join(folder, 'node_modules/.pnpm'))
}

/** Installs what a folder's lock file says; answers what went wrong. */
async function install(folder: string) {
  const words = ['install', '--prod', '--frozen-lockfile', '--prefer-offline', '--trust-lockfile', '--loglevel=error']
  return runPnpm(folder, words).then(
    () => undefined,
    (error: Error) => error.message.split('\n')[0],
  )
}
