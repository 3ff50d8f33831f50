/** `pnpm storm --seed S --orders N`: the last line is the result as JSON; exit 1 unless it is faultless. */
import { parseArgs } from 'node:util'
import { isFaultless, storm } from './storm.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    orders: { type: 'string', default: '200' },
  },
})
const seed = Number(values.seed)
const orders = Number(values.orders)
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(orders) || orders < 1) {
  console.error('Usage: pnpm storm --seed NUMBER --orders NUMBER')
  process.exitCode = 1
} else {
  const result = await storm({ seed, orders })
  console.log(JSON.stringify(result))
  process.exitCode = isFaultless(result) ? 0 : 1
}
