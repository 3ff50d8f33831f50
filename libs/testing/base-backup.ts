import { execFile } from 'node:child_process'
import { chown, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)
/** Whose they are stays: PostgreSQL runs as another than root. */
const copy = (from: string, to: string) => run('cp', ['-a', from, to])

/**
 * A base backup of a server that runs, by PostgreSQL's low-level API (manual, 25.3.4): its files while it writes them, the log that makes
 * them consistent, and the label by which it starts from them. It goes from `directory` to `folder`.
 */
export async function backUp(url: string, directory: string, folder: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // The session has to stay: with it the backup would end.
    await client.query(`select pg_backup_start('test', true)`)
    // What goes while it is copied is not needed, by the manual.
    await copy(directory, folder).catch(() => {})
    for (const name of ['pg_wal', 'postmaster.pid', 'postmaster.opts', 'owner.json'])
      await rm(join(folder, name), { recursive: true, force: true })
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
    await copy(join(directory, 'pg_wal'), join(folder, 'pg_wal'))
    const label = join(folder, 'backup_label')
    await writeFile(label, rows[0]!.labelfile)
    const { uid, gid } = await stat(folder)
    await chown(label, uid, gid)
  } finally {
    await client.end()
  }
}

/** Puts a backup where the files of a server were that does not run. */
export async function restore(folder: string, directory: string) {
  await rm(directory, { recursive: true, force: true })
  await copy(folder, directory)
}
