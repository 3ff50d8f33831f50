import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Source } from '@vilkar/alarms/sources.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { damageSources } from '../../damage/alarms.ts'
import { failedSources } from '../../failed/alarms.ts'
import { checkFailures } from '../../failed/jobs/watch-failed.ts'
import { startCarrierHouse } from '../carriers/carrier-house.ts'

/** What of an event the tests look at. */
type Told = {
  type: string
  failure?: string
  reasons?: { code: string }[]
  lines?: { lineId: string; quantity: number }[]
}

/** A house whose courier tells bad news: what it tells is heard and looked at, and what was told, reported and called for is read back. */
export async function startFailingHouse() {
  const house = await startCarrierHouse()
  const { db, deps, call, hear, signed, look, at } = house
  const sent = async () => {
    const shipment = await house.dispatched('Oslo Bud')
    await look()
    return shipment
  }
  /** The courier tells at a moment what has just happened, or what happened before. */
  async function tells(trackingNumber: string, code: string, moment: string, more: { occurredAt?: string } = {}) {
    at(moment)
    const event = { eventId: randomUUID(), trackingNumber, code, occurredAt: moment, ...more }
    const { statusCode } = await signed({ events: [event] })
    assert.equal(statusCode, 202)
    await checkFailures(deps)
  }
  const put = async (url: string, body?: object, role = 'support') => {
    const answer = await call(role, 'PUT', url, body)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    await checkFailures(deps)
    return answer.body
  }
  /** What was told of a shipment, of some types. */
  const toldOf = async (id: string, ...types: string[]) =>
    (await readHistory(db, id))
      .filter(({ type }) => types.includes(type))
      .map(({ type, data }) => ({ type, ...data }) as Told)
  const reportsOf = async (shipmentId: string) =>
    (await call('support', 'GET', `/damage-reports?shipmentId=${shipmentId}`)).body.items
  const alarmsOf = async (kind: string, about: string) => {
    const source = [...failedSources, ...damageSources].find((each: Source) => each.kind === kind)!
    const { rows } = await source.find(house.clock.at).execute(db)
    return rows.filter((row) => row.about === about)
  }
  const isListed = async (id: string) =>
    (await call('warehouse', 'GET', '/failed-deliveries')).body.items.some((each: { id: string }) => each.id === id)
  const withdraws = async (orderId: string, lines: object[]) => {
    await hear('WithdrawalDeclared', orderId, { returnId: randomUUID(), lines })
    await checkFailures(deps)
  }
  return { ...house, sent, tells, put, toldOf, reportsOf, alarmsOf, isListed, withdraws }
}
