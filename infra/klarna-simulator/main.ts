/** The simulator as a process: PORT, HOST, KLARNA_USERNAME, KLARNA_PASSWORD, PUBLIC_URL, KLARNA_BASE_URL. */
import { isLiveKlarnaHost } from '@vilkar/payments/klarna/hosts.ts'
import { startKlarnaSimulator } from './simulator.ts'

const { PORT = '0', HOST, KLARNA_USERNAME, KLARNA_PASSWORD, PUBLIC_URL, KLARNA_BASE_URL } = process.env
const port = Number(PORT)

function wrong(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

if (!KLARNA_USERNAME || !KLARNA_PASSWORD) wrong('KLARNA_USERNAME and KLARNA_PASSWORD must be set.')
if (!Number.isInteger(port) || port < 0 || port > 65_535) wrong('PORT must be a number from 0 to 65535.')
for (const [name, url] of Object.entries({ KLARNA_BASE_URL, PUBLIC_URL })) {
  const host = url === undefined ? '' : URL.parse(url)?.host
  if (host === undefined) wrong(`${name} is not a URL.`)
  if (isLiveKlarnaHost(host)) wrong(`${name} names the live Klarna: the simulator does not stand in for that.`)
}

const simulator = await startKlarnaSimulator({
  port,
  host: HOST,
  publicUrl: PUBLIC_URL,
  username: KLARNA_USERNAME,
  password: KLARNA_PASSWORD,
  now: () => Temporal.Now.instant(),
}).catch((error: Error) => wrong(error.message))
console.log(`The Klarna simulator listens on ${simulator.url}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.stop())
