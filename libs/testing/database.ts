import { createHash } from 'node:crypto'
import { migrate } from '@vilkar/server/migrate.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { grantToService, SERVICE_ROLE } from '@vilkar/server/roles.ts'
import pg from 'pg'

const LOCK = 7_270_011

/** Where the test run's PostgreSQL is; `libs/testing/run.ts` starts it and sets the variable. */
export function testPostgres(database = 'postgres') {
  const url = process.env.TEST_POSTGRES
  if (url === undefined) throw new Error('No PostgreSQL for tests: run them with "pnpm test [FILE…]".')
  return Object.assign(new URL(url), { pathname: `/${database}` }).href
}

/** The role that tests run services as: it owns nothing, as in production. */
const RUNTIME = 'test_service'

const MAKE_ROLES = `do $$ begin
  if exists (select from pg_roles where rolname = '${RUNTIME}') then return; end if;
  if not exists (select from pg_roles where rolname = '${SERVICE_ROLE}') then create role ${SERVICE_ROLE}; end if;
  create role ${RUNTIME} login password '${RUNTIME}' in role ${SERVICE_ROLE};
end $$`

/** The same database as the role that owns its tables, for what no service may do. */
export const asOwner = (url: string) => testPostgres(new URL(url).pathname.slice(1))

/**
 * A database of the caller's own with the given migrations in it, copied from a template that is made once per set of
 * folders and test run. The URL is for a role that may do what a service may; with no folders, it is the owner's. It stays until the run ends and its whole PostgreSQL is deleted: to drop it costs a checkpoint.
 */
export const freshDatabase = (...folders: string[]) => copyOfTemplate(folders, { jobs: false })

/** The same with the tables of the job queue, for who starts jobs on it: to make them takes as long as all else of a start. */
export const freshDatabaseWithJobs = (...folders: string[]) => copyOfTemplate(folders, { jobs: true })

async function copyOfTemplate(folders: string[], { jobs }: { jobs: boolean }) {
  const hash = createHash('sha1')
    .update([...folders, String(jobs)].join('\n'))
    .digest('hex')
  const template = `template_${hash.slice(0, 12)}`
  const name = `t_${crypto.randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: testPostgres() })
  await admin.connect()
  try {
    // Test files run in parallel processes: one makes the template, the others wait for it.
    await admin.query('select pg_advisory_lock($1)', [LOCK])
    const known = await admin.query('select 1 from pg_database where datname = $1', [template])
    if (known.rowCount === 0) {
      await admin.query(`create database ${template}_new`)
      await admin.query(MAKE_ROLES)
      await fillTemplate(testPostgres(`${template}_new`), folders, jobs)
      await admin.query(`alter database ${template}_new rename to ${template}`)
    }
    // As files: through the buffers and the log, block by block, it is twice the work.
    await admin.query(`create database ${name} template ${template} strategy file_copy`)
  } finally {
    await admin.end()
  }
  if (folders.length === 0) return testPostgres(name)
  return Object.assign(new URL(testPostgres(name)), { username: RUNTIME, password: RUNTIME }).href
}

async function fillTemplate(url: string, folders: string[], jobs: boolean) {
  const pool = createPool(url, { max: 1 })
  const db = createDatabase<never>(pool)
  try {
    await migrate(db, folders)
    await grantToService(db)
  } finally {
    await pool.end()
  }
  if (!jobs) return
  const { migrateJobs } = await import('@vilkar/server/jobs.ts')
  const { createLog } = await import('@vilkar/server/log.ts')
  await migrateJobs(url, createLog('tests', 'silent'))
}
