import { parseArgs } from 'node:util'
import { readRegister, report } from './register.ts'

// `pnpm law [--on 2026-12-31]`: which Acts are due for a look, today or on that day.
const { values } = parseArgs({ options: { on: { type: 'string' } } })
try {
  const today = values.on === undefined ? Temporal.Now.plainDateISO('Europe/Oslo') : Temporal.PlainDate.from(values.on)
  console.log(report(await readRegister(), today))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
