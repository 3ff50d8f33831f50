import { readFileSync } from 'node:fs'
import { disputed } from './disputed.ts'
import { holdsFacts, isSteps, judgeFacts, readFactsCases } from './facts.ts'
import { hasFailed, judge, readCases, report } from './runner.ts'
import { topics } from './topics.ts'

// `pnpm cases [FILE.csv …]`: without a file, both banks beside this file. Exit 1 on any failure.
const files = process.argv.slice(2)
const sources = files.length > 0 ? files : ['cases.csv', 'facts.csv'].map((name) => new URL(name, import.meta.url))

function run(csv: string) {
  if (!holdsFacts(csv)) return { verdicts: readCases(csv).map((each) => judge(each, topics)), apart: [] }
  const cases = readFactsCases(csv)
  const steps = cases.filter(isSteps)
  return {
    verdicts: cases.filter((each) => !isSteps(each) && !(each.id in disputed)).map(judgeFacts),
    apart: [
      ...cases.filter(({ id }) => id in disputed).map(({ id }) => `disputed: ${id}. ${disputed[id]!.why}`),
      ...(steps.length > 0 ? [`steps: ${steps.length} shown by tests`] : []),
    ],
  }
}

try {
  for (const source of sources) {
    const { verdicts, apart } = run(readFileSync(source, 'utf8'))
    console.log([...apart, report(verdicts)].join('\n'))
    if (verdicts.some(hasFailed)) process.exitCode = 1
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
