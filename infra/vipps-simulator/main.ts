/**
 * The simulator as a process: PORT, HOST, PUBLIC_URL, WEBHOOK_URL, WEBHOOK_SECRET, VIPPS_BASE_URL, VIPPS_CLIENT_ID,
 * VIPPS_CLIENT_SECRET, VIPPS_SUBSCRIPTION_KEY, VIPPS_MERCHANT_SERIAL_NUMBER.
 */
import { isLiveVippsHost } from '@vilkar/payments/vipps/hosts.ts'
import { startVippsSimulator } from './simulator.ts'

const { PORT = '0', HOST, PUBLIC_URL, WEBHOOK_URL, WEBHOOK_SECRET, VIPPS_BASE_URL } = process.env
const port = Number(PORT)

function wrong(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

const required = (name: string) => process.env[name] || wrong(`${name} must be set.`)

if (!Number.isInteger(port) || port < 0 || port > 65_535) wrong('PORT must be a number from 0 to 65535.')
for (const [name, url] of Object.entries({ VIPPS_BASE_URL, PUBLIC_URL, WEBHOOK_URL })) {
  const host = url === undefined ? '' : URL.parse(url)?.host
  if (host === undefined) wrong(`${name} is not a URL.`)
  if (isLiveVippsHost(host)) wrong(`${name} names the live Vipps: the simulator does not stand in for that.`)
}

const simulator = await startVippsSimulator({
  port,
  host: HOST,
  publicUrl: PUBLIC_URL,
  webhookUrl: WEBHOOK_URL,
  webhookSecret: WEBHOOK_SECRET,
  clientId: required('VIPPS_CLIENT_ID'),
  clientSecret: required('VIPPS_CLIENT_SECRET'),
  subscriptionKey: required('VIPPS_SUBSCRIPTION_KEY'),
  merchantSerialNumber: required('VIPPS_MERCHANT_SERIAL_NUMBER'),
  now: () => Temporal.Now.instant(),
}).catch((error: Error) => wrong(error.message))
console.log(`The Vipps simulator listens on ${simulator.url}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.stop())
