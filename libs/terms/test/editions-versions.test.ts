import t from 'tap'
import { terms } from '../cases/first-edition.ts'
import { versionAt } from '../editions/in-force.ts'
import { cites, codes, instant } from './cites.ts'

const { acceptance, edited, versionFollowed } = terms

const first = { id: 'first', inForceFrom: instant('2026-01-15T00:00:00+01:00') }
const second = { id: 'second', inForceFrom: instant('2026-05-01T00:00:00+02:00') }
const versions = [first, second]
const followed = (at: string, pinned?: string) => versionFollowed({ versions, orderedAt: instant(at), pinned })
const day = (text: string) => Temporal.PlainDate.from(text)

t.test('16.2 a purchase follows the version in force when it was ordered', async (t) => {
  for (const [at, version] of [
    ['2026-01-14T23:00:00Z', 'first'],
    ['2026-04-30T23:59:59+02:00', 'first'],
    ['2026-04-30T21:59:59.999Z', 'first'],
    ['2026-04-30T22:00:00Z', 'second'],
    ['2026-05-01T00:00:00+02:00', 'second'],
    ['2030-01-01T00:00:00Z', 'second'],
  ] as const)
    t.test(`${at}: the ${version}`, async (t) => t.equal(followed(at).version, version))
  t.test('before the first there is none, and the order is refused', async (t) => {
    const { outcome, version, reasons } = followed('2026-01-14T22:59:59Z')
    t.strictSame([outcome, version, ...codes(reasons)], ['refused', undefined, 'no-version-in-force'])
  })
  t.test('an order that has its version keeps it', async (t) => {
    const { version, reasons } = followed('2027-02-01T00:00:00Z', 'first')
    t.strictSame([version, ...codes(reasons), ...cites(reasons)], ['first', 'version-of-the-order', '16.2'])
  })
  t.test('the order in which versions are written down decides nothing', async (t) => {
    t.equal(versionAt([second, first], instant('2026-06-01T00:00:00Z')), second)
    t.equal(versionAt([second, first], instant('2026-02-01T00:00:00Z')), first)
    t.equal(versionAt([], instant('2026-02-01T00:00:00Z')), undefined)
  })
  t.test('while no version is in force nothing that was shown can be accepted', async (t) => {
    t.equal(acceptance({ shownSha256: 'a' }).outcome, 'refused')
  })
})

t.test('16.1 other content is another version, whatever day the page prints', async (t) => {
  const seen = (contentChanged: boolean, printed?: string) => {
    const { newVersion, alert } = edited({ versions, contentChanged, printedOn: printed ? day(printed) : undefined })
    return { newVersion, alert }
  }
  t.test('the same content is the same version', async (t) =>
    t.strictSame(seen(false, '2026-06-01'), { newVersion: false, alert: false }),
  )
  t.test('under a new day it was announced', async (t) =>
    t.strictSame(seen(true, '2026-05-02'), { newVersion: true, alert: false }),
  )
  for (const printed of ['2026-01-15', '2026-05-01', undefined])
    t.test(`under ${printed ?? 'no day at all'} somebody has to look`, async (t) =>
      t.strictSame(seen(true, printed), { newVersion: true, alert: true }),
    )
})
