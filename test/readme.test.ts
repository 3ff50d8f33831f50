import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { Config as OrdersConfig } from '@vilkar/orders/config.ts'
import { Config as ReturnsConfig } from '@vilkar/returns/config.ts'
import { Config as ShippingConfig } from '@vilkar/shipping/config.ts'
import { PATIENCE_MS } from '@vilkar/testing/patience.ts'
import t from 'tap'

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')

t.test('the tour works as it is written, and each "no" cites its clause', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'vilkar-tour-'))
  const stack = spawn(process.execPath, ['infra/local/main.ts'], {
    env: { ...process.env, DATA_DIR: directory, PORT_BASE: '0' },
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
    told.push(line)
    if (line.startsWith('Tokens')) break
  }
  t.ok(
    told.some((line) => line.startsWith('Go on from here')),
    told.join('\n'),
  )

  // The ports that the README names may be taken here, so the stack chose others and says which.
  const hosts = ['control', 'orders', 'shipping', 'returns'].map(
    (name) => new RegExp(`^  ${name} +http://([0-9.:]+)`, 'm').exec(told.join('\n'))![1]!,
  )
  const tour = readme.slice(readme.indexOf('## A five-minute tour'), readme.indexOf('## Hearing the events'))
  const script = [...tour.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) =>
    block!.replaceAll(/127\.0\.0\.1:400(\d)/g, (_, offset) => hosts[Number(offset)]!),
  )
  t.ok(script.length > 7)
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script.join('\n')], {
    timeout: PATIENCE_MS,
  })
  t.match(stdout, /total: 179600/)
  t.match(stdout, /Order confirmation/)
  t.match(stdout, /^seller$/m)
  t.match(stdout, /outcome: 'granted'/)
  t.match(stdout, /dueOn: '\d{4}-\d\d-\d\d'/)
  t.match(stdout, /PaymentRefunded/)
  t.match(stdout, /The goods are with the carrier/)
})

t.test('every variable that a service reads stands in the table', async (t) => {
  const variables = [OrdersConfig, ShippingConfig, ReturnsConfig].flatMap((config) => Object.keys(config.properties))
  t.strictSame(
    new Set(variables).difference(new Set([...readme.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name))),
    new Set(),
  )
})
