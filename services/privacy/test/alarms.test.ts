import type { Source } from '@vilkar/alarms/sources.ts'
import { alarmWordsTrim } from '@vilkar/alarms/words-trim.ts'
import { trim } from '@vilkar/server/trimming.ts'
import { sql } from 'kysely'
import t from 'tap'
import { erasureSources } from '../erasure/alarms.ts'
import { requestGauge, requestSources } from '../requests/alarms.ts'
import { retentionGauge, retentionSources } from '../retention/alarms.ts'
import { runRetention } from '../retention/run.ts'
import { startPrivacyForTest } from './privacy-service.ts'

/** What people are called for, and what operators see: on the last moment before, and on the first after. */
const { db, deps, clock, call } = await startPrivacyForTest()
const START = clock.at
t.afterEach(() => {
  clock.at = START
})
const sources = [...erasureSources, ...requestSources, ...retentionSources] as Source[]
const find = (kind: string, now: string) =>
  sources
    .find((source) => source.kind === kind)!
    .find(now as never)
    .execute(db)
const raised = async (kind: string, about: string, now: string) =>
  ((await find(kind, now)).rows as { about: string }[]).some((row) => row.about === about)
const figures = async (now: string) => (await retentionGauge.find(now).execute(db)).rows[0]!
const COUNTS = { blanked: 1, deleted: 0, events: 0, files: 0 }
const DAY = 24 * 3_600
const after = (moment: string, seconds: number) => Temporal.Instant.from(moment).add({ seconds }).toString()

/** A record whose day is the next, of a system of its own; `about` is what an alarm calls it. */
async function aRecord(facts: object = { visitEndedAt: START }, category = 'cat1') {
  const system = `s${crypto.randomUUID().slice(0, 8)}`
  const person = { kind: 'email', value: `${system}@example.com` }
  const url = `/holdings/smartphoto/${system}/one`
  const { body } = await call('holder', 'PUT', url, { category, identifiers: [person], facts })
  const asked = async () => (await call('holder', 'GET', `/erasures/of-system/${system}`)).body.items[0]
  const answer = async (said: object) => {
    const { id } = await asked()
    const body = { erased: [], postponed: [], counts: COUNTS, ...said }
    t.equal((await call('holder', 'PUT', `/erasures/${id}/answer`, body)).status, 200)
  }
  return { about: `smartphoto/${system}/one`, dueAt: body.dueAt as string, asked, answer }
}

t.test('a record that nobody was asked for is past its day a day after it', async (t) => {
  const { about, dueAt, answer } = await aRecord()
  t.equal(dueAt, after(START, DAY))
  const [before, on] = [after(dueAt, DAY), after(dueAt, DAY + 1)]
  t.notOk(await raised('held-past-its-day', about, before))
  t.match(await figures(before), { past: 0, asked: 0 })
  t.ok(await raised('held-past-its-day', about, on))
  t.match(await figures(on), { past: 1, asked: 0 })
  clock.at = on
  await runRetention(deps, 'smartphoto')
  t.notOk(await raised('held-past-its-day', about, on), 'asked for, it is waited for')
  t.match(await figures(on), { past: 0, asked: 1 })
  await answer({ erased: ['one'] })
  t.match(await figures(on), { past: 0, asked: 0 })
})

t.test('a record that is told of after its day is past it a day later, once the run had its turn', async (t) => {
  clock.at = after(START, 10 * DAY)
  const { about, dueAt, answer } = await aRecord({ visitEndedAt: START })
  t.equal(dueAt, after(START, DAY))
  t.notOk(await raised('held-past-its-day', about, after(clock.at, DAY)))
  t.ok(await raised('held-past-its-day', about, after(clock.at, DAY + 1)))
  await runRetention(deps, 'smartphoto')
  await answer({ erased: ['one'] })
})

t.test('one that was asked for is past its day once its holder owes an answer', async (t) => {
  const { about, dueAt, asked, answer } = await aRecord()
  clock.at = dueAt
  await runRetention(deps, 'smartphoto')
  const { id } = await asked()
  const answerBy = after(dueAt, 7 * DAY)
  t.notOk(await raised('held-past-its-day', about, answerBy))
  t.notOk(await raised('erasure-unanswered', id, answerBy))
  t.match(await figures(answerBy), { past: 0, asked: 1 })
  const on = after(answerBy, 1)
  t.ok(await raised('held-past-its-day', about, on))
  t.ok(await raised('erasure-unanswered', id, on))
  t.match(await figures(on), { past: 1, asked: 1 })
  await answer({ erased: ['one'] })
  t.notOk(await raised('erasure-unanswered', id, on))
  t.match(await figures(on), { past: 0, asked: 0 })
})

t.test('a postponement keeps a record until its own day, and for a month nobody is called for it', async (t) => {
  const { about, dueAt, answer } = await aRecord()
  clock.at = dueAt
  await runRetention(deps, 'smartphoto')
  await answer({ postponed: [{ record: 'one', why: 'under-way' }] })
  const again = after(dueAt, DAY)
  t.notOk(await raised('held-past-its-day', about, after(again, DAY)))
  t.match(await figures(after(again, DAY)), { past: 0 })
  t.ok(await raised('held-past-its-day', about, after(again, DAY + 1)), 'it was not asked for again')
  t.match(await figures(after(again, DAY + 1)), { past: 1 })
  t.notOk(await raised('erasure-postponed', about, after(dueAt, 30 * DAY)))
  t.ok(await raised('erasure-postponed', about, after(dueAt, 30 * DAY + 1)))
  clock.at = again
  await runRetention(deps, 'smartphoto')
  await answer({ erased: ['one'] })
  t.notOk(await raised('erasure-postponed', about, after(dueAt, 30 * DAY + 1)))
  t.match(await figures(after(again, DAY + 1)), { past: 0 })
})

t.test('of a category whose period nobody said people are told, until it is known', async (t) => {
  const about = 'smartphoto/cat6'
  t.notOk(await raised('retention-unknown', about, START))
  await aRecord({}, 'cat6')
  t.ok(await raised('retention-unknown', about, START))
  t.match((await find('retention-unknown', START)).rows, [{ detail: { missing: 'cookie-policy', holdings: 1 } }])
})

t.test('a request is called for five days before it is due, by the days of Oslo', async (t) => {
  const id = crypto.randomUUID()
  const { body } = await call('support', 'PUT', `/requests/${id}`, {
    ...{ controller: 'smartgroup', kind: 'rectify', channel: 'letter', words: 'Feil navn' },
    identifiers: [{ kind: 'email', value: `${id}@example.com` }],
  })
  /** The last second of so many days before, or the first. */
  const daysBefore = (days: number, time: string) =>
    Temporal.PlainDate.from(body.dueOn)
      .subtract({ days })
      .toZonedDateTime({ timeZone: 'Europe/Oslo', plainTime: time })
      .toInstant()
      .toString()
  t.notOk(await raised('request-due', id, daysBefore(6, '23:59:59')))
  t.ok(await raised('request-due', id, daysBefore(5, '00:00:00')))
  const open = async (now: string) => (await requestGauge.find(now).execute(db)).rows
  t.strictSame(await open(daysBefore(8, '23:59:59')), [{ due: 'later', open: 1 }])
  t.strictSame(await open(daysBefore(7, '00:00:00')), [{ due: 'within-a-week', open: 1 }])
  t.strictSame(await open(daysBefore(0, '23:59:59')), [{ due: 'within-a-week', open: 1 }])
  t.strictSame(await open(daysBefore(-1, '00:00:00')), [{ due: 'overdue', open: 1 }])
  await call('support', 'PUT', `/requests/${id}/identity`, { why: 'Ringte tilbake' })
  t.equal((await call('support', 'PUT', `/requests/${id}/answer`, { outcome: 'done', answer: 'Rettet.' })).status, 200)
  t.notOk(await raised('request-due', id, daysBefore(5, '00:00:00')))
  t.strictSame(await open(daysBefore(0, '23:59:59')), [])
})

t.test(
  'what a person wrote of an alarm goes a year after, and what ended by itself is no word of anybody',
  async (t) => {
    const resolved = async (by: string | null, words: string) => {
      const id = crypto.randomUUID()
      await sql`
      insert into alarm (id, about, kind, detail, raised_at, resolved_at, resolved_by, resolution)
      values (${id}, ${id}, 'request-due', '{}', ${START}, ${START}, ${by}, ${words})`.execute(db)
      return async () =>
        (await db.selectFrom('alarm').select('resolution').where('id', '=', id).executeTakeFirst())!.resolution
    }
    const [written, ended] = [
      await resolved('support', 'Ringte Kari Eksempel'),
      await resolved(null, 'It is answered.'),
    ]
    const trimmed = () => trim({ db, clock, trims: [alarmWordsTrim], keepFor: 'P30D' })
    clock.at = after(START, 365 * DAY)
    await trimmed()
    t.equal(await written(), 'Ringte Kari Eksempel')
    clock.at = after(START, 365 * DAY + 1)
    await trimmed()
    t.equal(await written(), 'erased')
    t.equal(await ended(), 'It is answered.')
  },
)
