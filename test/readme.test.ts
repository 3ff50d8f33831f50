import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify, stripVTControlCharacters } from 'node:util'
import { Config as ConsoleConfig } from '@vilkar/console/config.ts'
import { Config as OrdersConfig } from '@vilkar/orders/config.ts'
import { Config as PrivacyConfig } from '@vilkar/privacy/config.ts'
import { Config as ReturnsConfig } from '@vilkar/returns/config.ts'
import { Config as ShippingConfig } from '@vilkar/shipping/config.ts'
import { PATIENCE_MS } from '@vilkar/testing/patience.ts'
import t from 'tap'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const MAX_WORDS = 400
const read = (path: string) => readFile(join(ROOT, path), 'utf8')
const readme = await read('README.md')

t.test('the tour works as it is written, and each "no" cites its clause', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'vilkar-tour-'))
  // Ports of its own, so that the tour must find the addresses in the file that the stack writes.
  const env = { ...process.env, DATA_DIR: directory, PORT_BASE: '0' }
  const stack = spawn(process.execPath, ['infra/local/main.ts'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => stack.once('exit', resolve))
  t.teardown(async () => {
    stack.kill('SIGTERM')
    await ended
    await rm(directory, { recursive: true, force: true })
  })
  const told: string[] = []
  for await (const line of createInterface({ input: stack.stdout })) {
    told.push(stripVTControlCharacters(line))
    if (line.startsWith('Open ')) break
  }
  const [, home] = /^Open (\S+) in a browser/.exec(told.at(-1) ?? '') ?? assert.fail(told.join('\n'))
  const cited = told.filter((line) => /^ {13}(clause|\S+ §)/.test(line))
  t.ok(cited.length > 10)
  t.equal(new Set(cited).size, cited.length, 'the story prints each sentence once')

  const tour = await read('docs/tour.md')
  const beforeEvents = tour.slice(0, tour.indexOf('## Hearing the events'))
  const script = [...beforeEvents.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block!)
  t.ok(script.length > 7)
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script.join('\n')], {
    cwd: ROOT,
    env,
    timeout: PATIENCE_MS,
  })
  t.match(stdout, /total: 179600/)
  t.match(stdout, /Order confirmation/)
  t.match(stdout, /^seller$/m)
  t.match(stdout, /outcome: 'granted'/)
  const vilkar = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['infra/vilkar/main.ts', ...args], { cwd: ROOT, env })
  t.match((await vilkar('relay')).stdout, /^orders .*\nshipping .*\nreturns .* 0 of 8\s*$/m, 'the operator is answered')
  t.match((await vilkar('dead-letters')).stdout, /No event has failed/)
  t.match((await vilkar('jobs')).stdout, /All jobs are done|queue/)
  t.match(stdout, /dueOn: '\d{4}-\d\d-\d\d'/)
  t.match(stdout, /PaymentRefunded/)
  t.match(stdout, /The goods are with the carrier/)

  // Whoever starts it once more on the same data is told so, and what runs goes on.
  const again = execFile(process.execPath, ['infra/local/main.ts', '--fresh'], { cwd: ROOT, env })
  let complaint = ''
  again.stderr!.on('data', (text) => {
    complaint += text
  })
  t.strictSame(await once(again, 'exit'), [1, null])
  t.match(complaint, new RegExp(`already runs on the data in ${directory} \\(process ${stack.pid}\\)`))

  const page = await (await fetch(home!, { headers: { accept: 'text/html' } })).text()
  t.match(page, /Ola Eksempel/, 'the page shows the order of the tour')
  t.match(page, /Order confirmation/)
  const [, orderPath] = /href="(\/orders\/[0-9a-f-]+)"/.exec(page)!
  const order = await (await fetch(home + orderPath!, { headers: { accept: 'text/html' } })).text()
  for (const said of ['OrderPlaced', 'ContractFormed', 'clause 4.1', 'Posten NO123', 'Withdrawal'])
    t.match(order, new RegExp(said))
})

t.test('every variable that a service reads stands in the table', async (t) => {
  const configuration = await read('docs/configuration.md')
  const table = configuration.slice(configuration.indexOf('## Variables'))
  const variables = [OrdersConfig, ShippingConfig, ReturnsConfig, PrivacyConfig, ConsoleConfig].flatMap((config) =>
    Object.keys(config.properties),
  )
  const named = [...table.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell]) => [...cell!.matchAll(/`([A-Z][A-Z_]+)`/g)])
  t.strictSame(new Set(named.map(([, name]) => name)), new Set(variables))
})

t.test(`the README says what it is in at most ${MAX_WORDS} words, before it leads on`, async (t) => {
  const fold = readme.slice(0, readme.indexOf('\n## ', readme.indexOf('\n## Two commands') + 1))
  const words = fold.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
  t.ok(fold.includes('npx -y pnpm start'))
  t.ok(words.length <= MAX_WORDS, `${words.length} words`)
})

t.test('the worked cases are counted by whoever asks them, and no text says how many there are', async (t) => {
  const COUNTED = /\b\d+\s+(worked\s+cases|questions)\b|\bthere are \d+ of them/
  t.match('287 worked\n   cases are the proof', COUNTED)
  const texts = globSync('{*.md,{docs,libs,services,infra}/**/*.md,libs/terms/**/*.ts}', {
    cwd: ROOT,
    exclude: ['**/node_modules/**'],
  })
  for (const path of texts) t.notMatch(await read(path), COUNTED, path)
  const { stdout } = await promisify(execFile)(process.execPath, ['libs/terms/cases/run.ts'], { cwd: ROOT })
  t.match(stdout, /^cases: [1-9]\d* passed, 0 failed$/m)
})

t.test('a file that the architecture or the glossary names is there', async (t) => {
  for (const document of ['docs/architecture.md', 'docs/glossary.md']) {
    const named = new Set(
      [...(await read(document)).matchAll(/[\w./-]+\.(?:ts|mjs|json|csv|sql|conf)\b/g)].map(([name]) => name),
    )
    const files = globSync('{libs,services,infra,test,docs}/**/*', { cwd: ROOT, exclude: ['**/node_modules/**'] })
    const missing = [...named].filter((name) => !files.some((file) => `/${file}`.endsWith(`/${name}`)))
    t.strictSame(missing, [], document)
  }
})

t.test('what the documents link to is there', async (t) => {
  const documents = globSync('{*.md,docs/**/*.md,{libs,services,infra}/**/*.md}', {
    cwd: ROOT,
    exclude: ['**/node_modules/**'],
  })
  t.ok(documents.length > 40)
  for (const path of documents) {
    const links = [...(await read(path)).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, link]) => link!)
    const broken = links.filter((link) => !existsSync(join(ROOT, dirname(path), link)))
    t.strictSame(broken, [], path)
  }
})
