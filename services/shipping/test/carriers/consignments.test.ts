import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { createBring } from '../../carriers/bring/bring.ts'
import { createDhl } from '../../carriers/dhl/dhl.ts'
import type { Carrier } from '../../carriers/port.ts'
import { createUps } from '../../carriers/ups/ups.ts'
import { startCarrierHouse } from './carrier-house.ts'

const { at, deps, clock, call, dispatched, look, read, eventsOf } = await startCarrierHouse()
const LATER = '2026-06-05T08:00:00Z'

/** What a tracking API answers, whatever is asked of it; tokens it gives to everybody. */
let answered: unknown
const server = createServer(({ url = '' }, response) => {
  const body = url.includes('oauth') ? { access_token: 'a', expires_in: '14399' } : answered
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
})
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
t.teardown(() => server.close())
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const common = { url, callbackUrl: 'http://127.0.0.1:1', secret: 's', now: clock.now }
const readers = {
  bring: createBring({ ...common, uid: 'u', key: 'k', clientUrl: 'http://127.0.0.1:1' }),
  ups: createUps({ ...common, clientId: 'i', clientSecret: 's' }),
  dhl: createDhl({ ...common, key: 'k', service: 'express' }),
}
const told = async (carrier: keyof typeof readers, number: string, answer: unknown) => {
  answered = answer
  return (await readers[carrier].read(number)).map(({ code, occurredAt }) => `${code} ${occurredAt?.slice(8, 13)}`)
}

type Scan = [code: string, day: number, hour: number, name?: string]
const moment = (day: number, hour: number) => `2026-06-0${day}T${String(hour).padStart(2, '0')}:00:00Z`
/** Packages of one Bring consignment, P1 and on, each with its scans. */
const consignment = (...packages: Scan[][]) => ({
  consignmentSet: [
    {
      consignmentId: 'C1',
      packageSet: packages.map((scans, n) => ({
        packageNumber: `P${n + 1}`,
        eventSet: scans
          .map(([status, day, hour, name = '']) => ({
            ...{ status, dateIso: moment(day, hour), recipientSignature: { name } },
          }))
          .reverse(),
      })),
    },
  ],
})
/** The house reads Bring as it answers here. */
async function followed(number: string) {
  const parcel = await dispatched('Posten', number)
  const bring = deps.carriers.named('bring') as Carrier
  Object.assign(bring, { read: readers.bring.read })
  let hours = 0
  const tell = async (...packages: Scan[][]) => {
    answered = consignment(...packages)
    hours += 5
    at(Temporal.Instant.from(LATER).add({ hours }).toString())
    await look()
    return read(parcel.id)
  }
  return { ...parcel, tell }
}

t.test('a customer has a consignment once they have every package of it, since the last one came', async (t) => {
  const { addressee, tell } = await followed('KOLLI1')
  const one: Scan[] = [
    ['IN_TRANSIT', 3, 8],
    ['DELIVERED', 3, 12, addressee],
  ]
  t.match(await tell(one, [['IN_TRANSIT', 3, 9]]), { status: 'in-transit', receivedAt: undefined })
  t.match(await tell(one, []), { status: 'in-transit' }, 'nothing is told of the other')
  const both = await tell(one, [
    ['IN_TRANSIT', 3, 9],
    ['DELIVERED', 4, 14, addressee],
  ])
  t.match(both, { status: 'delivered', takenBy: 'customer', receivedAt: moment(4, 14) })
})

t.test('packages that different people took are nobody’s whom the law knows', async (t) => {
  const { addressee, tell } = await followed('KOLLI2')
  const whole = await tell([['DELIVERED', 3, 12, 'Ola Nabo']], [['DELIVERED', 4, 14, addressee]])
  t.match(whole, { status: 'left-elsewhere', receivedAt: undefined, reports: [{ takenBy: 'unknown' }] })
})

t.test('until then a consignment is where its least advanced package is', async (t) => {
  const ways: [string, Scan[][], string[]][] = [
    ['one to be fetched', [[['READY_FOR_PICKUP', 3, 12]], [['IN_TRANSIT', 3, 9]]], ['IN_TRANSIT 03T09']],
    ['both to be fetched', [[['READY_FOR_PICKUP', 3, 12]], [['READY_FOR_PICKUP', 3, 15]]], ['READY_FOR_PICKUP 03T15']],
    [
      'one fetched, the other to be fetched since',
      [
        [
          ['IN_TRANSIT', 3, 8],
          ['DELIVERED', 3, 16],
        ],
        [['READY_FOR_PICKUP', 3, 12]],
      ],
      ['IN_TRANSIT 03T08', 'READY_FOR_PICKUP 03T16'],
    ],
    ['one goes back', [[['DELIVERED', 3, 12]], [['RETURN', 4, 12]]], ['RETURN 04T12']],
    ['of one nothing is told', [[['DELIVERED', 3, 12]], []], []],
    ['one of them alone', [[['DELIVERED', 3, 12]]], ['DELIVERED 03T12']],
  ]
  for (const [way, packages, says] of ways) t.strictSame(await told('bring', 'C1', consignment(...packages)), says, way)
  const parts = consignment([['DELIVERED', 3, 12]], [['IN_TRANSIT', 3, 9]])
  t.strictSame(await told('bring', 'P1', parts), ['DELIVERED 03T12'], 'the package that was asked for')
  t.strictSame(await told('bring', 'P2', parts), ['IN_TRANSIT 03T09'])
})

t.test('in whatever order the packages are listed, and what says nothing of the way is told as it is', async (t) => {
  const packages: Scan[][] = [
    [
      ['PRE_NOTIFIED', 3, 7],
      ['DELIVERED', 4, 12],
    ],
    [['DELIVERED', 3, 12]],
    [
      ['READY_FOR_PICKUP', 4, 9],
      ['DELIVERED', 4, 10],
    ],
  ]
  const says = ['PRE_NOTIFIED 03T07', 'DELIVERED 04T12']
  t.strictSame(await told('bring', 'C1', consignment(...packages)), says)
  t.strictSame(await told('bring', 'C1', consignment(...packages.toReversed())), says)
})

t.test(
  'a code that no table has is of its package alone, and explained as delivery it is not that of all',
  async (t) => {
    const { addressee, tell, id } = await followed('KOLLI3')
    await tell([['UTLEVERT', 3, 12, addressee]], [['IN_TRANSIT', 3, 9]])
    t.match(
      (await eventsOf('KOLLI3')).find(({ code }) => code === 'UTLEVERT'),
      { status: 'unknown', outcome: 'code-unknown', package: 'P1' },
    )
    const said = { code: 'UTLEVERT', meaning: 'delivered', why: 'Their manual.' }
    t.equal((await call('support', 'PUT', '/carriers/bring/codes', said)).status, 200)
    t.match(await read(id), { status: 'in-transit', receivedAt: undefined })
  },
)

t.test('UPS: all packages of a shipment, those too that are only counted', async (t) => {
  const shipment = (days: number[], packageCount: number) => ({
    trackResponse: {
      shipment: [
        {
          inquiryNumber: 'SHIP',
          package: days.map((day, n) => ({
            ...{ trackingNumber: `1Z${n}`, packageCount },
            deliveryInformation: { location: 'MET CUSTOMER MAN', receivedBy: 'EKSEMPEL' },
            activity: [
              ...(day > 0 ? [{ gmtDate: `2026060${day}`, gmtTime: '120000', status: { type: 'D', code: 'FS' } }] : []),
              { gmtDate: '20260603', gmtTime: '80000', status: { type: 'I', code: 'DP' } },
            ],
          })),
        },
      ],
    },
  })
  t.strictSame(await told('ups', 'SHIP', shipment([4, 0], 2)), ['I 03T08'])
  t.strictSame(await told('ups', 'SHIP', shipment([4, 5], 2)), ['I 03T08', 'D/FS 05T12'])
  t.strictSame(await told('ups', 'SHIP', shipment([4, 5], 3)), ['I 03T08'], 'one is not answered')
  t.strictSame(await told('ups', '1Z0', shipment([4, 0], 2)), ['D/FS 04T12', 'I 03T08'], 'its own number')
})

t.test('DHL: all pieces of a shipment, and all shipments of a number', async (t) => {
  const event = (statusCode: string, day: number, pieceIds?: string[]) => ({
    ...{ timestamp: moment(day, 12), statusCode, ...(pieceIds && { pieceIds }) },
  })
  const shipment = (id: string, events: object[], total = 1) => ({
    ...{ id, status: events[0], events, details: { totalNumberOfPieces: total } },
  })
  const pieces = (events: object[], total = 2) => ({ shipments: [shipment('AWB', events, total)] })
  const begun = event('transit', 2)
  t.strictSame(await told('dhl', 'AWB', pieces([event('delivered', 3, ['JD1']), begun])), ['transit 02T12'])
  const all = [event('delivered', 4, ['JD2']), event('delivered', 3, ['JD1']), begun]
  t.strictSame(await told('dhl', 'AWB', pieces(all)), ['transit 02T12', 'delivered 04T12'])
  t.strictSame(await told('dhl', 'AWB', pieces(all, 3)), ['transit 02T12'], 'of the third nothing is told')
  t.strictSame(await told('dhl', 'AWB', pieces([event('delivered', 3), begun])), ['delivered 03T12', 'transit 02T12'])
  t.strictSame(await told('dhl', 'JD1', pieces(all, 3)), ['delivered 03T12', 'transit 02T12'], 'its own number')
  const several = [shipment('A', [event('delivered', 3)]), shipment('B', [event('transit', 4)])]
  t.strictSame(await told('dhl', 'REF', { shipments: several }), ['transit 04T12'])
  t.strictSame(await told('dhl', 'A', { shipments: several }), ['delivered 03T12'])
})
