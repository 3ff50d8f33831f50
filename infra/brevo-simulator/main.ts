/** The simulator as a process: PORT, HOST, WEBHOOK_URL and WEBHOOK_TOKEN. */
import { startBrevoSimulator } from './simulator.ts'

const { PORT = '0', HOST, WEBHOOK_URL, WEBHOOK_TOKEN = '' } = process.env
const port = Number(PORT)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error('PORT must be a number from 0 to 65535.')
  process.exit(1)
}
const webhook = WEBHOOK_URL === undefined ? undefined : { url: WEBHOOK_URL, token: WEBHOOK_TOKEN }
const simulator = await startBrevoSimulator({ port, host: HOST, now: () => Temporal.Now.instant(), webhook })
console.log(`The Brevo simulator listens on ${simulator.url}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.stop())
