import t from 'tap'
import { terms } from '../cases/first-edition.ts'
import recorded from '../editions/editions.sha256.json' with { type: 'json' }
import { editionAt, editionById, editions, termsOf } from '../editions/registry.ts'
import { cites, instant } from './cites.ts'

const { acceptance } = terms

t.test('an edition in force is never edited: its hash is the one recorded when it came into force', async (t) => {
  t.strictSame(Object.fromEntries(editions().map(({ id, sha256 }) => [id, sha256])), recorded)
})

t.test('which edition is in force', async (t) => {
  t.test('it begins with its first day in Oslo, the first instant included', async (t) => {
    t.equal(editionAt(instant('2026-01-14T23:00:00Z'), 'smartgroup').id, 'smartgroup/2026-01-15')
    t.equal(editionById('smartgroup/2026-01-15')?.inForceFrom.toString(), '2026-01-14T23:00:00Z')
  })
  t.test('before the first there is none to order under', async (t) => {
    t.throws(() => editionAt(instant('2026-01-14T22:59:59Z'), 'smartgroup'), /no terms in force/)
    t.throws(() => editionAt(instant('2026-06-01T00:00:00Z'), 'somebody'), /no terms in force/)
  })
  t.test('an unknown edition is not guessed', async (t) => {
    t.equal(editionById('smartgroup/1999-01-01'), undefined)
    t.throws(() => termsOf('smartgroup/1999-01-01'), /no edition/)
  })
  t.test('each seller’s editions stand oldest first, under an id that begins with the seller', async (t) => {
    for (const [at, edition] of editions().entries()) {
      t.ok(edition.id.startsWith(`${edition.seller}/`))
      const before = editions()
        .slice(0, at)
        .findLast(({ seller }) => seller === edition.seller)
      if (before) t.ok(Temporal.Instant.compare(before.inForceFrom, edition.inForceFrom) < 0)
    }
  })
})

t.test('an edition carries its texts and forms in both languages', async (t) => {
  const edition = editionAt(instant('2026-06-01T00:00:00Z'), 'smartgroup')
  t.match(edition.text('nb'), /^# Salgsvilkår\n/)
  t.match(edition.text('en'), /^# Terms and conditions\n/)
  for (const locale of ['nb', 'en'] as const) t.match(edition.withdrawalForm(locale), /SmartGroup AS, Fornebuveien 46/)
  t.match(edition.withdrawalForm('nb'), /^# Angreskjema\n/)
  t.match(edition.withdrawalForm('en'), /^# Withdrawal form\n/)
})

t.test('an edition is taken apart into clauses and put together again without a loss', async (t) => {
  for (const edition of editions())
    for (const locale of ['nb', 'en'] as const) {
      const { title, introduction, chapters } = edition.printed(locale)
      const parts = chapters.flatMap(({ number, title, sentences }) => [
        `## ${number} ${title}`,
        ...sentences.map((sentence) => `${sentence.number} ${sentence.text}`),
      ])
      t.equal([`# ${title}`, introduction, ...parts].join('\n\n'), edition.text(locale).trimEnd())
    }
})

t.test('every sentence says which file of rules keeps it, or why none does', async (t) => {
  for (const edition of editions())
    for (const number of Object.keys(edition.clauses('nb'))) {
      const { enforcedBy, unenforced } = edition.enforcement(number)
      t.ok(
        (enforcedBy === undefined) !== (unenforced === undefined),
        `${number}: name it in sentences.ts or unenforced.ts`,
      )
    }
})

t.test('16.2 an order is placed under the version in force, or the terms are shown again', async (t) => {
  const { sha256 } = editionAt(instant('2026-06-01T00:00:00Z'), 'smartgroup')
  t.equal(acceptance({ shownSha256: sha256, inForceSha256: sha256 }).outcome, 'granted')
  const { outcome, reasons } = acceptance({ shownSha256: sha256.replace(/^./, 'x'), inForceSha256: sha256 })
  t.strictSame([outcome, ...cites(reasons)], ['refused', '16.2'])
})
