import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { terms } from '../cases/first-edition.ts'
import recorded from '../editions/editions.sha256.json' with { type: 'json' }
import { editionAt, editionById, editions, termsOf } from '../editions/registry.ts'
import { cites, instant } from './cites.ts'

const { acceptance } = terms

test('an edition in force is never edited: its hash is the one recorded when it came into force', () => {
  assert.deepEqual(Object.fromEntries(editions().map(({ id, sha256 }) => [id, sha256])), recorded)
})

describe('which edition is in force', () => {
  test('it begins with its first day in Oslo, the first instant included', () => {
    assert.equal(editionAt(instant('2026-01-14T23:00:00Z'), 'smartgroup').id, 'smartgroup/2026-01-15')
    assert.equal(editionById('smartgroup/2026-01-15')?.inForceFrom.toString(), '2026-01-14T23:00:00Z')
  })
  test('before the first there is none to order under', () => {
    assert.throws(() => editionAt(instant('2026-01-14T22:59:59Z'), 'smartgroup'), /no terms in force/)
    assert.throws(() => editionAt(instant('2026-06-01T00:00:00Z'), 'somebody'), /no terms in force/)
  })
  test('an unknown edition is not guessed', () => {
    assert.equal(editionById('smartgroup/1999-01-01'), undefined)
    assert.throws(() => termsOf('smartgroup/1999-01-01'), /no edition/)
  })
  test('each seller’s editions stand oldest first, under an id that begins with the seller', () => {
    for (const [at, edition] of editions().entries()) {
      assert.ok(edition.id.startsWith(`${edition.seller}/`))
      const before = editions()
        .slice(0, at)
        .findLast(({ seller }) => seller === edition.seller)
      if (before) assert.ok(Temporal.Instant.compare(before.inForceFrom, edition.inForceFrom) < 0)
    }
  })
})

test('an edition carries its texts and forms in both languages', () => {
  const edition = editionAt(instant('2026-06-01T00:00:00Z'), 'smartgroup')
  assert.match(edition.text('nb'), /^# Salgsvilkår\n/)
  assert.match(edition.text('en'), /^# Terms and conditions\n/)
  for (const locale of ['nb', 'en'] as const)
    assert.match(edition.withdrawalForm(locale), /SmartGroup AS, Fornebuveien 46/)
  assert.match(edition.withdrawalForm('nb'), /^# Angreskjema\n/)
  assert.match(edition.withdrawalForm('en'), /^# Withdrawal form\n/)
})

test('an edition is taken apart into clauses and put together again without a loss', () => {
  for (const edition of editions())
    for (const locale of ['nb', 'en'] as const) {
      const { title, introduction, chapters } = edition.printed(locale)
      const parts = chapters.flatMap(({ number, title, sentences }) => [
        `## ${number} ${title}`,
        ...sentences.map((sentence) => `${sentence.number} ${sentence.text}`),
      ])
      assert.equal([`# ${title}`, introduction, ...parts].join('\n\n'), edition.text(locale).trimEnd())
    }
})

test('every sentence says which file of rules keeps it, or why none does', () => {
  for (const edition of editions())
    for (const number of Object.keys(edition.clauses('nb'))) {
      const { enforcedBy, unenforced } = edition.enforcement(number)
      assert.ok(
        (enforcedBy === undefined) !== (unenforced === undefined),
        `${number}: name it in sentences.ts or unenforced.ts`,
      )
    }
})

test('16.2 an order is placed under the version in force, or the terms are shown again', () => {
  const { sha256 } = editionAt(instant('2026-06-01T00:00:00Z'), 'smartgroup')
  assert.equal(acceptance({ shownSha256: sha256, inForceSha256: sha256 }).outcome, 'granted')
  const { outcome, reasons } = acceptance({ shownSha256: sha256.replace(/^./, 'x'), inForceSha256: sha256 })
  assert.deepEqual([outcome, ...cites(reasons)], ['refused', '16.2'])
})
