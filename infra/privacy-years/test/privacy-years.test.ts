import { fileURLToPath } from 'node:url'
import { migrations } from '@vilkar/privacy/service.ts'
import { commonMigrations } from '@vilkar/server/migrations.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import t from 'tap'
import { startOf } from '../check/days.ts'
import type { Diary } from '../diary.ts'
import { controllers, isFaultless, years } from '../years.ts'

const MONTHS = 14
const SHOP = 'smartgroup'
/** From here on a system says that something is erased that it still has, and another loses something. */
const MEDDLED_ON = '2027-03-20'
const meddledAt = startOf(Temporal.PlainDate.from(MEDDLED_ON))

/** A record that went in time is there again, and one that has to be kept is not. */
async function meddle({ diary, now }: { diary: Diary; now: number }) {
  if (now !== meddledAt) return
  const gone = diary.records.find(({ state, deletedByPerson }) => state === 'gone' && !deletedByPerson)!
  gone.state = 'whole'
  const kept = diary.records.find(
    ({ state, kind, happened }) => state === 'whole' && kind === 'order' && happened.length > 2,
  )!
  Object.assign(kept, { state: 'gone', goneAt: now })
}

t.test('fourteen months of a shop are as its policy says at every midnight, until something is planted', async (t) => {
  const found: string[] = []
  const result = await years({
    ...{ seed: 3, subjects: 8, months: MONTHS, controller: SHOP, meddle },
    databaseUrl: await freshDatabase(...commonMigrations, fileURLToPath(migrations)),
    say: ({ fault, about, says }, day) => found.push(`${day} ${fault}: ${about}: ${says}`),
  })
  const after = found.splice(found.findIndex((finding) => finding.startsWith(MEDDLED_ON)))
  t.strictSame(found, [], 'before')
  t.match(after.join('\n'), new RegExp(`${MEDDLED_ON} pastItsDay: `), 'what is held a day too long')
  t.match(after.join('\n'), new RegExp(`${MEDDLED_ON} goneEarly: `), 'what went too early')
  t.equal(after.length, 2)
  t.ok(result.records > 20 && (result.done.erased ?? 0) > 2, JSON.stringify(result))
})

/** From what is told to be held to what is erased and answered, over the doors of the service as it runs. */
for (const controller of controllers.filter((each) => each !== SHOP))
  t.test(`three months of ${controller} are as its policy says at every midnight`, async (t) => {
    const found: string[] = []
    const result = await years({
      ...{ seed: 1, subjects: 6, months: 3, controller },
      databaseUrl: await freshDatabase(...commonMigrations, fileURLToPath(migrations)),
      say: ({ fault, about, says }, day) => found.push(`${day} ${fault}: ${about}: ${says}`),
    })
    t.strictSame(found, [])
    t.ok(isFaultless(result))
    t.ok(result.records > 5 && (result.done.erased ?? 0) > 0 && result.gone > 0, JSON.stringify(result))
  })
