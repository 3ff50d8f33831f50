/** `pnpm fuzz --seed S --requests N`: tells each fault once per door; the last line is the result as JSON; exit 1 unless all faults are 0. */
import { parseArgs } from 'node:util'
import { fuzz, isFaultless } from './fuzz.ts'

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, requests: { type: 'string', default: '20000' } },
})
const seed = Number(values.seed)
const requests = Number(values.requests)
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(requests) || requests < 1) {
  console.error('Usage: pnpm fuzz --seed NUMBER --requests NUMBER')
  process.exitCode = 1
} else {
  const told = new Set<string>()
  const result = await fuzz({
    seed,
    requests,
    report({ no, kind, operation, party, path, headers, body }, answer, { fault, why }) {
      const key = `${fault} ${operation.name} ${answer?.status}`
      if (told.has(key)) return
      told.add(key)
      const sent = `${operation.method} ${path} ${JSON.stringify(headers)} ${body?.slice(0, 500) ?? ''}`
      console.log(`${fault}: ${why}\n  request ${no}, ${kind}, as ${party}, at ${operation.name}\n  ${sent}`)
    },
  })
  console.log(JSON.stringify(result))
  process.exitCode = isFaultless(result) ? 0 : 1
}
