import { eventually } from '@vilkar/testing/eventually.ts'
import { placesOf } from '@vilkar/testing/personal-data.ts'
import t from 'tap'
import { forgetSetAside } from '../../erasure/forget-set-aside.ts'
import { startReturnsForTest } from '../returns-service.ts'

const { pool, clock, deps, look, call, delivered } = await startReturnsForTest()
const SAID = '2026-06-10T09:00:00Z'

/** What somebody of whom no order is known wrote, and a person set aside. */
async function setAside(words: string) {
  clock.at = SAID
  const email = `p${crypto.randomUUID()}@nowhere.example`
  const said = { channel: 'letter', name: 'Petra Ukjent', email, orderNumber: 'SG-UKJENT', statement: words }
  const { id } = (await call('support', 'POST', '/statements', said)).body
  clock.at = '2026-06-10T09:05:00Z'
  await look()
  clock.at = '2026-06-11T09:00:00Z'
  const reason = 'Gjelder ingen ordre'
  t.equal((await call('support', 'PUT', `/statements/${id}/clarification`, { reason })).body.status, 'set-aside')
  await eventually('its mails to be sent', async () => {
    const { rowCount } = await pool.query(`select from mail where status = 'queued'`)
    return rowCount === 0
  })
  return { id, needles: [email, words] }
}

t.test('what was said of no order goes twelve months after it was set aside, and that it was said stays', async (t) => {
  const { id, needles } = await setAside('Jeg angrer noe jeg kjøpte et annet sted')
  clock.at = '2027-06-11T08:59:59Z'
  t.equal(await forgetSetAside(deps), 0)
  t.not((await placesOf(pool, needles)).length, 0)
  clock.at = '2027-06-11T09:00:01Z'
  t.equal(await forgetSetAside(deps), 1)
  t.strictSame(await placesOf(pool, needles), [])
  t.match((await call('support', 'GET', `/statements/${id}`)).body, { id, status: 'set-aside' })
  t.equal(await forgetSetAside(deps), 0, 'once')
})

t.test('what is of an order, or waits for a person, is left alone', async (t) => {
  clock.at = SAID
  const { id } = await delivered()
  const of = { channel: 'letter', noticeSentAt: SAID, statement: 'Jeg angrer ordren min' }
  t.equal((await call('support', 'POST', `/orders/${id}/withdrawals`, of)).status, 201)
  const open = { channel: 'letter', name: 'Per Venter', email: 'per@nowhere.example', statement: 'Hva nå?' }
  await call('support', 'POST', '/statements', open)
  clock.at = '2026-06-10T09:05:00Z'
  await look()
  clock.at = '2030-01-01T09:00:00Z'
  t.equal(await forgetSetAside(deps), 0)
  for (const words of ['Hva nå?', 'Jeg angrer ordren min']) t.not((await placesOf(pool, [words])).length, 0, words)
})
