import { readFileSync } from 'node:fs'
import { hasFailed, judge, readCases, report } from './runner.ts'
import { topics } from './topics.ts'

// `pnpm cases [FILE.csv …]`: without a file, the bank beside this file. Exit 1 on any failure.
const files = process.argv.slice(2)
const sources = files.length > 0 ? files : [new URL('./cases.csv', import.meta.url)]
try {
  const verdicts = sources
    .flatMap((source) => readCases(readFileSync(source, 'utf8')))
    .map((each) => judge(each, topics))
  console.log(report(verdicts))
  process.exitCode = verdicts.some(hasFailed) ? 1 : 0
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
