import type { EventSchema } from '@vilkar/contracts/event.ts'
import type { PersonalData } from '@vilkar/contracts/personal-data.ts'
import { createPool } from '@vilkar/server/postgres.ts'
import t from 'tap'
import { freshDatabase } from '../database.ts'
import { columnFaults, eventFaults, isMapped, placesOf } from '../personal-data.ts'

const pool = createPool(await freshDatabase())
t.teardown(() => pool.end())
await pool.query(`
  create table person (id int, name text, facts jsonb, letter bytea) partition by list (id);
  create table person_one partition of person for values in (1);
  create schema queue;
  create table queue.job (data jsonb);
  insert into person values (1, 'Kari', '{"lines": [{"note": "for kari"}], "total": 1}', 'Dear Kari');
`)
const text = { type: 'string' }
const fields = { personId: { ...text, format: 'uuid' }, note: text, personal: { properties: { to: text } } }
const moved = { properties: { type: { const: 'PersonMoved' }, data: { properties: fields } } }
const events = [moved as unknown as EventSchema]

const datum = { category: 'identity', subject: 'id', erased: 'blanked' } as const
const sound: PersonalData = {
  columns: {
    'person.name': datum,
    'person.facts->lines->note': datum,
    'person.letter': datum,
    'queue.job.data': { ...datum, subject: 'data' },
  },
  otherColumns: { person: ['id'], kysely_migration: ['name', 'timestamp'], kysely_migration_lock: ['id', 'is_locked'] },
  eventFields: { 'PersonMoved.personal.to': { ...datum, subject: 'personId' } },
  otherEventFields: ['PersonMoved.note'],
}
const without = <Value>(all: Record<string, Value>, name: string) =>
  Object.fromEntries(Object.entries(all).filter(([key]) => key !== name))

t.test('a map that judges every column and field has no faults', async (t) => {
  t.strictSame(await columnFaults(pool, sound), [])
  t.strictSame(eventFaults(events, sound), [])
})

t.test('a column that nobody judged is named, of a schema of its own and of a partitioned table too', async (t) => {
  for (const place of ['person.name', 'person.letter', 'queue.job.data'])
    t.strictSame(await columnFaults(pool, { ...sound, columns: without(sound.columns, place) }), [
      `${place} is not judged: name it under columns, or under otherColumns if it holds no personal data.`,
    ])
})

t.test('a column that there is not, or that is in both halves, or that leads to nobody, is named', async (t) => {
  const faultsOf = async (columns: PersonalData['columns'], person: string[]) =>
    columnFaults(pool, { ...sound, columns, otherColumns: { ...sound.otherColumns, person } })
  t.match((await faultsOf({ ...sound.columns, 'person.age': datum }, ['id']))[0]!, /^person\.age is named, and/)
  t.match((await faultsOf(sound.columns, ['id', 'age']))[0]!, /^person\.age is named, and/)
  t.match((await faultsOf(sound.columns, ['id', 'name']))[0]!, /^person\.name is named in both halves/)
  const lost = { ...sound.columns, 'person.name': { ...datum, subject: 'person_id' } }
  t.match((await faultsOf(lost, ['id']))[0]!, /leads to its person by person\.person_id/)
})

t.test('a field that nobody judged is named: what is personal, and any other text', async (t) => {
  const faultsOf = (change: Partial<PersonalData>) => eventFaults(events, { ...sound, ...change })
  t.match(faultsOf({ eventFields: {} })[0]!, /^PersonMoved\.personal\.to is not judged/)
  t.match(faultsOf({ otherEventFields: [] })[0]!, /^PersonMoved\.note is not judged/)
  t.match(faultsOf({ otherEventFields: ['PersonMoved.note', 'PersonMoved.age'] })[0]!, /no event has such a field/)
  const lost = { 'PersonMoved.personal.to': { ...datum, subject: 'orderId' } }
  t.match(faultsOf({ eventFields: lost })[0]!, /^PersonMoved\.orderId leads to nobody/)
  const hidden = faultsOf({ eventFields: {}, otherEventFields: ['PersonMoved.note', 'PersonMoved.personal.to'] })
  t.strictSame(hidden, ['PersonMoved.personal.to is personal by its name.'])
})

t.test('a text is found wherever it stands', async (t) => {
  const found = await placesOf(pool, ['kari'])
  t.strictSame(found, ['person.facts->lines->note', 'person.letter', 'person.name'])
  t.strictSame(await placesOf(pool, ['ola']), [])
  t.strictSame(
    found.filter((place) => !isMapped(place, { ...sound, columns: without(sound.columns, 'person.letter') })),
    ['person.letter'],
  )
  t.ok(isMapped('outbox.data->personal->to->street', sound))
  for (const place of ['outbox.data->note', 'outbox.data->personal', 'outbox.data'])
    t.equal(isMapped(place, sound), false)
})

t.test(
  'what stands by accident in an id, a hash or a part of a second is nobody’s; what is looked for itself is',
  async (t) => {
    const pool = createPool(await freshDatabase())
    t.teardown(() => pool.end())
    const [id, hash] = ['3c0155aa-0155-4b01-8a52-0d6b10155e22', `0155${'ab'.repeat(30)}`]
    await pool.query('create table told (id uuid, hash text, at timestamptz, said jsonb, note text)')
    await pool.query('insert into told values ($1, $2, $3, $4, $5)', [
      ...[id, hash, '2026-06-02T12:00:00.015500Z'],
      ...[JSON.stringify({ id, hash, at: '2026-06-02T12:00:00.0155Z' }), 'Nobody lives here'],
    ])
    t.strictSame(await placesOf(pool, ['0155']), [])
    t.strictSame(await placesOf(pool, [id]), ['told.id', 'told.said->id'])
    t.strictSame(await placesOf(pool, [hash]), ['told.hash', 'told.said->hash'])
    await pool.query(`update told set note = '0155 Oslo', said = said || '{"postalCode": "0155"}'`)
    t.strictSame(await placesOf(pool, ['0155']), ['told.note', 'told.said->postalCode'])
  },
)
