import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { testPostgres } from '@vilkar/testing/database.ts'
import { administer } from '@vilkar/testing/embedded-postgres.ts'
import { runPnpm } from '@vilkar/testing/pnpm.ts'
import { freePort } from '@vilkar/testing/ports.ts'
import { makeServiceDatabase, ownerOf } from '@vilkar/testing/service-database.ts'
import { createServiceProcess } from '@vilkar/testing/service-process.ts'
import t from 'tap'

/** The steps of the Dockerfile, followed without an engine: what it copies and runs, in an empty folder, and a service in there. */

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../', import.meta.url))
const read = (path: string) => readFile(join(ROOT, path), 'utf8')
const folder = await mkdtemp(join(tmpdir(), 'vilkar-image-'))
t.teardown(() => rm(folder, { recursive: true, force: true }))

/** The instructions, each in one line. */
const steps = (await read('infra/container/Dockerfile'))
  .replaceAll(/\\\n */g, '')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
const argumentsOf = (instruction: string) =>
  steps.filter((step) => step.startsWith(`${instruction} `)).map((step) => step.slice(instruction.length + 1))

/** Names that no folder of the image has: the lines of .dockerignore that keep something out everywhere. */
const keptOut = [...(await read('.dockerignore')).matchAll(/^\*\*\/(.+)$/gm)].map(
  ([, pattern]) => new RegExp(`^${pattern!.replaceAll('.', '\\.').replaceAll('*', '.*')}$`),
)
async function copy(words: string) {
  const paths = words.split(' ')
  const to = paths.pop()!
  for (const path of paths)
    await cp(join(ROOT, path), join(folder, to.replace(/\/$/, ''), to.endsWith('/') ? basename(path) : ''), {
      recursive: true,
      filter: (source) => !keptOut.some((pattern) => pattern.test(basename(source))),
    })
}

/** As in the image `node` is the Node that the tests run on. */
const env: Record<string, string> = {
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  ...Object.fromEntries(argumentsOf('ENV').flatMap((pairs) => pairs.split(' ').map((pair) => pair.split('=')))),
}
async function follow(command: string) {
  // Whoever runs the test has brought pnpm along.
  if (command.startsWith('npm install --global pnpm@')) return
  const [program, ...words] = command.split(' ')
  // What is not in the store of this machine may be fetched.
  if (program === 'pnpm') await runPnpm(folder, [...words, '--prefer-offline', '--loglevel=error'])
  // Nobody here may give a folder to another user.
  else if (program === 'install') await mkdir(join(folder, words.at(-1)!), { recursive: true })
  else await run('sh', ['-c', command], { cwd: folder, env })
}

/** What reads pictures is a program for one kind of machine: it must be there to say that this is none. */
const NO_PICTURE =
  "import('./libs/photos/picture.ts').then(({ readPicture }) => readPicture(Buffer.from('x'))).catch((no) => console.log(no.statusCode))"

t.test('the image has what a service needs to migrate and to start', async (t) => {
  for (const words of argumentsOf('COPY')) await copy(words)
  for (const command of argumentsOf('RUN').flatMap((line) => (line.startsWith('pnpm ') ? line.split(' && ') : line)))
    await follow(command)
  const decoded = await run('node', ['--eval', NO_PICTURE], { cwd: folder, env })
  t.equal(decoded.stdout.trim(), '415', 'pictures are decoded')

  const name = `image_${crypto.randomUUID().slice(0, 8)}`
  await makeServiceDatabase(testPostgres, name)
  t.teardown(() =>
    administer(testPostgres(), `drop database ${name} with (force)`, `drop role ${name}, ${ownerOf(name)}`),
  )
  const url = (username: string) => Object.assign(new URL(testPostgres(name)), { username, password: 'postgres' }).href
  const migration = { SERVICE: 'shipping', MIGRATION_DATABASE_URL: url(ownerOf(name)), LOG_LEVEL: 'warn' }
  await run('node', ['infra/migrate/main.ts'], { cwd: folder, env: { ...env, ...migration } })

  const nowhere = `127.0.0.1:${await freePort()}`
  const service = createServiceProcess(
    'shipping',
    {
      ...{ PORT: String(await freePort()), DATABASE_URL: url(name), NATS_URL: `nats://${nowhere}`, MIGRATE: 'false' },
      ...{ AUTH_ISSUER: `http://${nowhere}`, NODE_ENV: env.NODE_ENV!, NODE_COMPILE_CACHE: '', LOG_LEVEL: 'fatal' },
    },
    folder,
  )
  await service.start()
  await service.stop()
  t.equal(service.output(), '')

  const [, program] = JSON.parse(argumentsOf('CMD').at(-1)!) as string[]
  const ended = await run('node', [program!], { cwd: folder, env }).catch((error: { stderr: string }) => error)
  t.match(ended.stderr, /^Wrong environment: DATABASE_URL/, 'and says what it lacks')
})
