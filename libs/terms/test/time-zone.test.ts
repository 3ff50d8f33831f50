import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import t from 'tap'
import { readCases } from '../cases/runner.ts'

const bank = readCases(readFileSync(new URL('../cases/cases.csv', import.meta.url), 'utf8'))

// What a process in some time zone says about orders whose days hang on the zone: around midnight, clocks and holidays.
const PROGRAM = `
  import { readFileSync } from 'node:fs'
  import { hasFailed, judge, readCases } from '${new URL('../cases/runner.ts', import.meta.url)}'
  import { topics } from '${new URL('../cases/topics.ts', import.meta.url)}'
  import { nextWorkingDay } from '${new URL('../calendar.ts', import.meta.url)}'
  import { editionAt } from '${new URL('../editions/registry.ts', import.meta.url)}'
  import { entitlements } from '${new URL('../order/entitlements.ts', import.meta.url)}'
  import { everything, order } from '${new URL('./order.ts', import.meta.url)}'
  const receipts = ['2026-01-11T23:30:00Z', '2026-03-14T22:59:59Z', '2026-03-29T01:30:00Z', '2026-05-02T22:30:00Z', '2026-12-10T23:30:00Z']
  const answers = receipts.map((receivedAt) =>
    entitlements(order({ parcels: [{ shipmentId: 'S', lines: everything, handedOverAt: receivedAt, receivedAt }] }), Temporal.Instant.from(receivedAt)))
  const days = []
  for (let day = Temporal.PlainDate.from('2026-01-01'); day.year < 2029; day = day.add({ days: 1 })) days.push(nextWorkingDay(day).toString())
  const verdicts = readCases(readFileSync(new URL('${new URL('../cases/cases.csv', import.meta.url)}'), 'utf8')).map((each) => judge(each, topics))
  const failed = verdicts.filter(hasFailed).map(({ id }) => id)
  const { id, sha256, inForceFrom } = editionAt(Temporal.Instant.from('2026-01-14T23:00:00Z'), 'smartgroup')
  console.log(JSON.stringify({ answers, days, cases: verdicts.length, failed, id, sha256, inForceFrom }))
`

t.test('rulings and days are the same wherever the process runs', async (t) => {
  const say = async (TZ: string) => {
    const env = { ...process.env, TZ }
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', PROGRAM], { env })
    return JSON.parse(stdout)
  }
  const [oslo, ...elsewhere] = await Promise.all(
    ['Europe/Oslo', 'Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Kiritimati'].map(say),
  )
  t.equal(oslo.answers[0].lines[0].withdrawal.until, '2026-01-26')
  t.equal(oslo.answers[3].lines[0].withdrawal.until, '2026-05-18')
  t.strictSame([oslo.cases, oslo.failed], [bank.length, []])
  for (const answer of elsewhere) t.strictSame(answer, oslo)
})
