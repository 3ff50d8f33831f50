import { ahead } from '@vilkar/terms/editions/ahead.ts'
import { editions, termsOf } from '@vilkar/terms/editions/registry.ts'
import t from 'tap'
import { isTest, sources } from './tidy/sources.ts'

/** `terms.risk(…)`, `termsOf(edition).risk(…)`, `termsFor(state).risk(…)`. */
const ASKED = /\bterms(?:\w+\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?\s*\.(\w+)\(/g
const askedIn = (code: string) => [...code.matchAll(ASKED)].map(([, name]) => name!)

/** The entitlements of an order stand in the library, and services ask for them as a whole. */
const asking = sources.filter(({ path }) => /^(services\/|libs\/terms\/order\/)/.test(path) && !isTest(path))
const asked = new Set(asking.flatMap(({ code }) => askedIn(code)))
const questions = Object.keys(termsOf(editions()[0]!.id))

t.test('every question about the terms is asked by a service, or listed as ahead of it', async (t) => {
  t.strictSame(
    questions.filter((name) => !asked.has(name)).sort(),
    [...ahead].sort(),
    'see libs/terms/editions/ahead.ts',
  )
})

t.test('what counts as asking is a call, however the terms were found', async (t) => {
  const code =
    'termsOf(state.requested.terms.edition).risk({})\nterms.delay(x)\ntermsFor(of(state))\n  .ended(y)\nhouse.refund(z)'
  t.strictSame(askedIn(code), ['risk', 'delay', 'ended'])
})
