import { readFileSync } from 'node:fs'
import { isSteps, readFactsCases } from '@vilkar/terms/cases/facts.ts'
import t from 'tap'
import { isTest, sources } from './tidy/sources.ts'

/** Worked cases that are told in steps: each is a test with its name in the title. */

const bank = new URL('../libs/terms/cases/facts.csv', import.meta.url)
const steps = readFactsCases(readFileSync(bank, 'utf8')).filter(isSteps)
const SHOWN = /\bcase (L\d+[a-z]?)\b/g
const shown = new Set(
  sources
    .filter(({ path }) => isTest(path) && path !== 'test/cases-in-steps.test.ts')
    .flatMap(({ text }) => [...text.matchAll(SHOWN)].map(([, id]) => id!)),
)

t.test('a case told in steps is shown by a test', async (t) => {
  t.ok(steps.length > 0)
  for (const { id } of steps) t.ok(shown.has(id), id)
})

t.test('every test that says which case it shows names one that is there', async (t) => {
  const ids = new Set(steps.map(({ id }) => id))
  t.strictSame(
    [...shown].filter((id) => !ids.has(id)),
    [],
  )
})
