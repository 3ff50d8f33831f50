/**
 * The partners of a measured shop, in a process of their own so that their work is not counted as its: a Klarna that answers at
 * once, and a mail server that takes everything and keeps nothing. Tells both addresses as a line of JSON.
 */
import { startKlarnaSimulator } from '@vilkar/klarna-simulator/simulator.ts'
import { systemClock } from '@vilkar/server/clock.ts'
import { SMTPServer } from 'smtp-server'

const { KLARNA_USERNAME: username = '', KLARNA_PASSWORD: password = '' } = process.env
const klarna = await startKlarnaSimulator({ username, password, now: systemClock.now, journalLimit: 1, pushDelayMs: 0 })
const mails = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, _session, done) {
    stream.resume()
    stream.on('end', done)
  },
})
mails.on('error', () => {})
await new Promise<void>((resolve) => mails.listen(0, '127.0.0.1', resolve))
const { port } = mails.server.address() as { port: number }
console.log(JSON.stringify({ klarna: klarna.url, smtp: `smtp://127.0.0.1:${port}` }))
process.once('SIGTERM', () => process.exit())
