/** `pnpm year --seed S --customers N [--days D]`: the last line is the result as JSON; exit 1 unless it is faultless. */
import { parseArgs } from 'node:util'
import { isFaultless, year } from './year.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    customers: { type: 'string', default: '2000' },
    days: { type: 'string', default: '365' },
  },
})
const [seed, customers, days] = [values.seed, values.customers, values.days].map(Number) as [number, number, number]
if (![seed, customers, days].every(Number.isSafeInteger) || customers < 1 || days < 1) {
  console.error('Usage: pnpm year --seed NUMBER --customers NUMBER [--days NUMBER]')
  process.exitCode = 1
} else {
  const result = await year({ seed, customers, days })
  console.log(JSON.stringify(result))
  process.exitCode = isFaultless(result) ? 0 : 1
}
