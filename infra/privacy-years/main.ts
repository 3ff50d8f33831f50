/** `pnpm privacy-years`: plays years of a company's privacy policy; the last line is the result as JSON; exit 1 unless it is faultless. */
import { parseArgs } from 'node:util'
import { controllers, isFaultless, years } from './years.ts'

const USAGE = `Usage: pnpm privacy-years [--seed N] [--subjects N] [--years N] [--controller ID]

Plays people and systems of a company for some years of a moved clock against the privacy service, and checks at every
midnight that nothing is held past its day and nothing that must be kept is gone. What each figure means: docs/year.md.

  --seed N         decides everything that people and systems do; 1 if left out
  --subjects N     people; 1000 if left out
  --years N        may be broken, such as 1.5; 3 if left out
  --controller ID  one of ${controllers.join(', ')}; all of them, one after the other, if left out`

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    subjects: { type: 'string', default: '1000' },
    years: { type: 'string', default: '3' },
    controller: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
const [seed, subjects] = [Number(values.seed), Number(values.subjects)]
const months = Math.round(Number(values.years) * 12)
const chosen = values.controller === undefined ? controllers : [values.controller]
const isSound =
  [seed, subjects, months].every(Number.isSafeInteger) && subjects > 0 && months > 0 && controllers.includes(chosen[0]!)
if (values.help) console.log(USAGE)
else if (!isSound) {
  console.error(USAGE)
  process.exitCode = 1
} else
  for (const controller of chosen) {
    const say = ({ fault, about, says }: { fault: string; about: string; says: string }, day: string) =>
      console.error(`${day} ${fault}: ${about}: ${says}`)
    const result = await years({ seed, subjects, months, controller, say })
    console.log(JSON.stringify(result))
    if (!isFaultless(result)) process.exitCode = 1
  }
