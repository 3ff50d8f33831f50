/** `pnpm storm --seed S --orders N [--provider NAME]`: the last line is the result as JSON; exit 1 unless it is faultless. */
import { parseArgs } from 'node:util'
import { providerNames } from '@vilkar/payments/providers.ts'
import { isFaultless, storm } from './storm.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    orders: { type: 'string', default: '200' },
    provider: { type: 'string', default: 'klarna' },
  },
})
const seed = Number(values.seed)
const orders = Number(values.orders)
const provider = providerNames.find((name) => name === values.provider)
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(orders) || orders < 1 || provider === undefined) {
  console.error(`Usage: pnpm storm --seed NUMBER --orders NUMBER --provider ${providerNames.join('|')}`)
  process.exitCode = 1
} else {
  const result = await storm({ seed, orders, provider })
  console.log(JSON.stringify(result))
  process.exitCode = isFaultless(result) ? 0 : 1
}
