import t, { type Test } from 'tap'
import { audit, quiet } from '../audit/auditor.ts'
import { createRig, ids, inProcess, type Rig } from './rig.ts'

/** Each kind of damage, where it is done, and what the auditor must say of it. */
const damages: { name: string; sql: string; finds: string[] }[] = [
  {
    name: 'an event that was told is gone',
    sql: 'delete from outbox where pub_no = 4',
    finds: ['an aggregate has a gap in its versions', 'the numbers have a gap', 'an event was heard that nobody told'],
  },
  {
    name: 'an event was not numbered',
    sql: 'update outbox set pub_no = null where pub_no = 12',
    finds: ['an event has no number', 'the numbers have a gap'],
  },
  {
    name: 'the relay has not told all',
    sql: 'update relay set published_no = 11',
    finds: ['an event is not published'],
  },
  {
    name: 'two events of an aggregate have swapped numbers',
    sql: `with pair as (select min(pub_no) as a, max(pub_no) as b, aggregate_id as id from outbox group by 3 limit 1),
      parked as (select a, b, id from pair)
      update outbox set pub_no = 1000 + case pub_no when a then b else a end from parked
      where aggregate_id = id and pub_no in (a, b);
      update outbox set pub_no = pub_no - 1000 where pub_no > 1000`,
    finds: ['numbers contradict versions'],
  },
  {
    name: 'an event was never heard',
    sql: 'delete from inbox where pub_no = 4',
    finds: ['a head contradicts what was applied', 'an event was never heard'],
  },
  {
    name: 'an event was invented',
    sql: `insert into inbox (producer, event_id, pub_no, aggregate_id, aggregate_version, type, applied)
      values ('orders', gen_random_uuid(), 13, gen_random_uuid(), 1, 'OrderPlaced', true)`,
    finds: ['a head contradicts what was applied', 'an event was heard that nobody told'],
  },
  {
    name: 'an event was heard as another',
    sql: `update inbox set type = 'OrderCancelled' where pub_no = 4`,
    finds: ['an event was heard differently from how it was told'],
  },
  {
    name: 'an event waits',
    sql: `update inbox set applied = false, envelope = '{}' where pub_no = 12`,
    finds: ['an event waits', 'a head contradicts what was applied'],
  },
  {
    name: 'an event is dead',
    sql: `update inbox set applied = false, envelope = '{}', dead_at = now() where pub_no = 12`,
    finds: ['an event is a dead letter', 'a head contradicts what was applied'],
  },
  {
    name: 'a head has run ahead',
    sql: `update inbox_head set version = version + 1
      where aggregate_id = (select aggregate_id from inbox where pub_no = 4)`,
    finds: ['a head contradicts what was applied'],
  },
]

const TABLES = ['outbox', 'relay', 'inbox', 'inbox_head']

t.test('the auditor finds each kind of damage, and nothing where there is none', async (t) => {
  const rig = await createSoundRig(t)
  const onAll = (statements: (table: string) => string) => rig.owner.query(TABLES.map(statements).join(';'))
  await onAll((table) => `create table sound_${table} as table ${table}`)
  await rig.owner.query('alter table inbox disable trigger inbox_waiting_stays')
  for (const { name, sql, finds } of damages) {
    await t.test(name, async (t) => {
      await rig.owner.query(sql)
      const found = new Set((await audit(rig.parties)).map(({ check }) => check))
      t.strictSame([...found].sort(), finds.toSorted())
    })
    await onAll(
      (table) => `delete from ${table}; insert into ${table} overriding system value select * from sound_${table}`,
    )
  }
  t.strictSame(await audit(rig.parties), [])
})

t.test('all is quiet only when everything is published and applied', async (t) => {
  const rig = await createSoundRig(t)
  t.equal(await quiet(rig.parties), true)
  await rig.owner.query(`update inbox set applied = false, envelope = '{}' where pub_no = 12`)
  t.equal(await quiet(rig.parties), false)
  await rig.owner.query('update inbox set applied = true')
  t.equal(await quiet(rig.parties), true)
  await rig.tell(ids(1))
  t.equal(await quiet(rig.parties), false)
})

/** Twelve events of four aggregates, told and heard. */
async function createSoundRig(t: Test): Promise<Rig> {
  const rig = await createRig(t, inProcess())
  const relay = rig.relay()
  const inbox = rig.inbox()
  await rig.tell(ids(4), 3)
  await rig.settle()
  await Promise.all([relay.stop(), inbox.stop()])
  return rig
}
