import { PassThrough } from 'node:stream'
import { noteLoss } from '@vilkar/messaging/database-loss.ts'
import { createOutageLog } from '@vilkar/messaging/outage-log.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { createDatabaseOutage } from '../database-outage.ts'
import { createLog } from '../log.ts'
import { createPool } from '../postgres.ts'
import { createRepeats } from '../repeats.ts'

const url = await freshDatabase()
const pool = createPool(url, { max: 1 })
t.teardown(() => pool.end())
await pool.query(`create table person (
  id int primary key, name text not null, email varchar(30) unique, born date, code uuid, age int check (age < 200))`)
await pool.query(`insert into person values (1, 'Kari Eksempel', 'kari@shop.example')`)

/** What the log says of an error, as one text: without its time and its process, numbers in which those looked for stand some day. */
function logged(error: unknown, details: object = {}) {
  const lines = new PassThrough()
  createLog('test', 'info', lines).warn({ err: error, ...details }, 'it failed')
  const { time: _time, pid: _pid, hostname: _hostname, ...said } = JSON.parse(String(lines.read()))
  return JSON.stringify(said)
}

const SECRETS = ['Kari', 'kari@shop', 'Storgata', '4711', '019ab3f0', '1985']
const statements: [string, string, unknown[]][] = [
  ['a row that lacks a value', 'insert into person (id, email) values (2, $1)', ['kari@shop.example']],
  ['a row that is there already', 'insert into person (id, name) values (1, $1)', ['Kari Eksempel']],
  [
    'a value that must be unique',
    'insert into person (id, name, email) values (3, $1, $2)',
    ['Kari', 'kari@shop.example'],
  ],
  ['a rule that a row breaks', 'insert into person (id, name, age) values (4, $1, 4711)', ['Kari']],
  ['a text that is no id', 'insert into person (id, name, code) values (5, $1, $2)', ['Kari', '019ab3f0 Kari']],
  ['a text that is no day', 'insert into person (id, name, born) values (6, $1, $2)', ['Kari', '1985-13-45 Kari']],
  [
    'a text that is too long',
    'insert into person (id, name, email) values (7, $1, $2)',
    ['Kari', 'Storgata '.repeat(9)],
  ],
  ['a number that is too large', 'insert into person (id, name, age) values (8, $1, $2)', ['Kari', '47114711471147']],
]
for (const [what, statement, values] of statements)
  t.test(`the log says where and why ${what} was refused, and quotes no value of it`, async (t) => {
    const error = await pool.query(statement, values).catch((refused: unknown) => refused)
    const { code } = error as { code: string }
    for (const line of [
      logged(error),
      logged(new Error('The command failed.', { cause: error })),
      logged(new AggregateError([error], 'Two of them failed.')),
    ]) {
      t.ok(line.includes(`"code":"${code}"`), line)
      for (const secret of SECRETS) t.notOk(line.includes(secret), `${secret} stands in ${line}`)
    }
  })

t.test('the log keeps what helps to find a fault: kind, message, place, cause, SQLSTATE and constraint', async (t) => {
  const [, statement, values] = statements[2]!
  const refused = await pool.query(statement, values).catch((error: unknown) => error)
  const { err } = JSON.parse(logged(new TypeError('The command failed.', { cause: refused })))
  t.hasStrict(err, { type: 'TypeError', message: 'The command failed.' })
  t.match(err.stack, /log\.test\.ts/)
  t.hasStrict(err.cause, { type: 'DatabaseError', code: '23505', table: 'person', constraint: 'person_email_key' })
})

t.test('errors that cause each other in a circle, and what is no error, are logged too', async (t) => {
  const [one, other] = [new Error('one'), new Error('other')]
  one.cause = other
  other.cause = one
  t.match(JSON.parse(logged(one)).err.cause, { message: 'other' })
  t.equal(JSON.parse(logged('thrown as text')).err, 'thrown as text')
})

t.test(
  'an outage that says the same again and again is one line at its begin, and one at its end that counts them',
  async (t) => {
    const over: unknown[] = []
    const isRepeated = createRepeats((message, { repeated }) => over.push([message, repeated]), 20)
    t.strictSame(
      ['a', 'a', 'b', 'a'].map((reason) => isRepeated('a job failed', reason)),
      [false, true, false, true],
    )
    t.notOk(isRepeated('once', 'a'))
    await eventually('its end', async () => over.length > 0)
    t.strictSame(over, [['a job failed', 2]], 'what was said once has no end')
    t.notOk(isRepeated('a job failed', 'a'), 'the next outage is told again')
  },
)

t.test('lines without an error are all written, and those of another error too', async (t) => {
  const lines: string[] = []
  const log = createLog('test', 'info', { write: (line) => void lines.push(line) })
  for (const orderId of ['a', 'a']) log.error({ orderId }, 'a person must look')
  for (const said of ['no', 'no', 'never']) log.child({ reqId: 1 }).error({ err: new Error(said) }, 'a request failed')
  for (let outage = 0; outage < 2; outage += 1) {
    const broker = createOutageLog(log, 'broker')
    broker.begin(new Error('closed'))
  }
  log.covers = (error) => (error as Error).message === 'away'
  log.warn({ err: new Error('away') }, 'it could not be looked')
  const told = lines.map((line) => JSON.parse(line) as { msg: string; err?: { message: string } })
  t.strictSame(
    told.map(({ msg, err }) => [msg, err?.message]),
    [
      ['a person must look', undefined],
      ['a person must look', undefined],
      ['a request failed', 'no'],
      ['a request failed', 'never'],
      ['broker: trouble, trying again', 'closed'],
      ['broker: trouble, trying again', 'closed'],
    ],
  )
})

t.test('the database is told to be away once, and to be back once', async (t) => {
  const lines: string[] = []
  const note = (_details: object, message: string) => void lines.push(message)
  let looks = 0
  let isAway = false
  const look = async () => {
    looks += 1
    if (isAway || looks < 3) throw new Error('away')
  }
  const outage = createDatabaseOutage({ info: note, warn: note }, look, 1)
  t.teardown(() => outage.stop())
  const lost = new Error('Connection terminated unexpectedly')
  noteLoss(lost)
  t.notOk(outage.covers(new Error('another')))
  for (let i = 0; i < 3; i += 1) t.ok(outage.covers(lost))
  t.strictSame(lines, ['database: trouble, trying again'])
  await eventually('its end', async () => lines.length > 1)
  t.strictSame(lines, ['database: trouble, trying again', 'database: works again'])
  t.equal(looks, 3)

  t.ok(outage.covers(lost), 'what was asked before the end and is given up after it')
  await eventually('a look', async () => looks > 3)
  t.equal(lines.length, 2, 'is no outage of its own')
  isAway = true
  t.ok(outage.covers(lost))
  await eventually('another outage', async () => lines.length > 2)
  isAway = false
  await eventually('its end', async () => lines.length > 3)
  t.strictSame(lines.slice(2), ['database: trouble, trying again', 'database: works again'])
})
