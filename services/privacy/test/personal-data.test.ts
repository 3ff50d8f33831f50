import { allEvents } from '@vilkar/contracts/all-events.ts'
import { columnFaults, eventFaults, isMapped, placesOf } from '@vilkar/testing/personal-data.ts'
import t from 'tap'
import { personalData } from '../personal-data.ts'
import { startPrivacyForTest } from './privacy-service.ts'

const { pool, call } = await startPrivacyForTest()

t.test('every column of the database is judged', async (t) => t.strictSame(await columnFaults(pool, personalData), []))

t.test('every field of an event that may be personal is judged', async (t) =>
  t.strictSame(eventFaults(allEvents.privacy, personalData), []),
)

t.test('whatever is personal stands where the map says, and nowhere else', async (t) => {
  const staff = 'staff-4711'
  const why = 'Kari bad om det på telefon'
  const body = { controller: 'smartgroup', orderIds: [crypto.randomUUID()], why }
  t.equal((await call(`${staff} staff privacy:write`, 'PUT', `/erasures/${crypto.randomUUID()}`, body)).status, 200)
  const found = await placesOf(pool, [why, staff])
  t.strictSame(
    found.filter((place) => !isMapped(place, personalData)),
    [],
  )
  const own = Object.keys(personalData.columns).filter((place) => /^erasure\./.test(place))
  t.strictSame(
    own.filter((named) => !found.some((place) => place.startsWith(named))),
    [],
  )
})
