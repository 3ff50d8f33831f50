import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { editionById } from '../editions/registry.ts'
import type { Citation, Reason } from '../ruling/ruling.ts'

const LISTED = ['statute/*.ts', 'privacy/*.ts', 'sellers/privacy-policies/*.ts']
const files = LISTED.flatMap((pattern) => globSync(pattern, { cwd: new URL('../', import.meta.url) }))
const modules = await Promise.all(files.map((file) => import(`../${file}`)))

/** Every section of every Act, directive and policy that the library can cite, as it reads and as it read. */
const sections = modules
  .flatMap((module) => Object.values<{ citations?: readonly Citation[] } | undefined>(module))
  .flatMap((each) => each?.citations ?? [])
const written = new Set(sections.map((cite) => JSON.stringify(cite)))

/** Every reason has a citation, and every citation leads to the sentence that it quotes. */
export function assertResolves(reasons: readonly Reason[]) {
  assert.ok(reasons.length > 0)
  for (const { code, cites } of reasons) {
    assert.match(code, /^[a-z0-9]+(-[a-z0-9]+)*$/)
    assert.ok(cites.length > 0, code)
    for (const cite of cites) {
      if ('clause' in cite) assert.equal(editionById(cite.edition)?.clauses('en')[cite.clause], cite.text)
      else if ('act' in cite) assert.ok(written.has(JSON.stringify(cite)), `${cite.act} ${cite.section}`)
    }
  }
}

/** Those of laws; a policy is wherever its controller keeps it. */
export const laws = sections.filter((cite) => 'act' in cite && !/privacy/.test(cite.act))
