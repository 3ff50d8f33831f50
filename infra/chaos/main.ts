/**
 * `pnpm chaos --seed S --minutes N [--per-second N] [--topology standby]`: the last line is the result as JSON; exit 1 unless it is
 * faultless.
 */
import { parseArgs } from 'node:util'
import { chaos, isFaultless } from './chaos.ts'
import { SERVICES } from './house.ts'

/** Of each service. */
const REPLICAS = 2

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '3' },
    'per-second': { type: 'string', default: '1' },
    topology: { type: 'string', default: 'single' },
  },
})
const seed = Number(values.seed)
const minutes = Number(values.minutes)
const perSecond = Number(values['per-second'])
const standby = values.topology === 'standby'
if (!Number.isSafeInteger(seed) || !(minutes > 0) || !(perSecond > 0) || !(standby || values.topology === 'single')) {
  console.error('Usage: pnpm chaos --seed NUMBER --minutes NUMBER [--per-second NUMBER] [--topology single|standby]')
  process.exitCode = 1
} else {
  const replicas = Object.fromEntries(SERVICES.map((service) => [service, REPLICAS]))
  const result = await chaos({ seed, minutes, perSecond, standby, replicas })
  console.log(JSON.stringify(result))
  process.exitCode = isFaultless(result) ? 0 : 1
}
