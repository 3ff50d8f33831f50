/** The simulator as a process: PORT, HOST. */
import { startCarrierSimulator } from './simulator.ts'

const { PORT = '0', HOST } = process.env
const port = Number(PORT)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error('PORT must be a number from 0 to 65535.')
  process.exit(1)
}
const simulator = await startCarrierSimulator({ port, host: HOST, now: () => Temporal.Now.instant() })
console.log(`The carrier simulator listens on ${simulator.url}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.stop())
