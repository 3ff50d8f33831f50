import { type Answering, createApi } from '@vilkar/simulator/api.ts'
import { attempt, commonControl } from '@vilkar/simulator/control.ts'
import { createFaults } from '@vilkar/simulator/faults.ts'
import type { Reply } from '@vilkar/simulator/reply.ts'
import { createViolations, listen, routing } from '@vilkar/simulator/server.ts'
import { simulateBring } from './bring.ts'
import { createCalls } from './calls.ts'
import { simulateDhl } from './dhl.ts'
import { createMisbehaviour } from './misbehaviour.ts'
import { type CarrierName, carrierNames, createParcels, type Happening, type SetOut } from './parcels.ts'
import { refuse } from './routes.ts'
import { simulateUps } from './ups.ts'

const JOURNAL_LIMIT = 10_000
const LIVE = /(^|\.)(bring\.com|ups\.com|dhl\.com)(:\d+)?$/

export type SimulatorOptions = {
  /** 0 takes a free port. */
  port?: number
  host?: string
  now(): Temporal.Instant
  journalLimit?: number
}

/**
 * Bring, UPS and DHL in memory, over HTTP, with faults on demand. `tell` is what happens to a parcel: it is in the tracking API from
 * then on, and whoever subscribed is called.
 */
export async function startCarrierSimulator({
  port = 0,
  host = '127.0.0.1',
  now,
  journalLimit = JOURNAL_LIMIT,
}: SimulatorOptions) {
  const server = await listen({ port, host })
  const { note, violations } = createViolations()
  const faults = createFaults()
  const parcels = createParcels()
  const calls = createCalls(faults)
  const deps = { now, parcels, calls, note }
  const carriers = { bring: simulateBring(deps), ups: simulateUps(deps), dhl: simulateDhl(deps) }
  const misbehaviour = createMisbehaviour({
    ...{ now, calls, show: parcels.add },
    push: (carrier, number, happening) => carriers[carrier].tell(number, happening),
  })
  const routes = Object.values(carriers).flatMap((carrier) => carrier.routes)

  const replyTo: Answering = async (request, { method, path, body }, wait) => {
    const found = routes.find((each) => each.method === method && each.path.test(path))
    if (found === undefined) return refuse(404, 'There is no such operation.')
    await wait()
    misbehaviour.showDue()
    const parts = (found.path.exec(path) ?? []).slice(1).map(decodeURIComponent)
    const { searchParams: query } = new URL(request.url ?? '/', 'http://simulator')
    return found.handle({ parts, query, headers: request.headers, body: (body ?? {}) as Record<string, unknown> })
  }
  const api = createApi({
    ...{ now, journalLimit, faults, keyHeader: 'transid', replyTo },
    refuseAs: (status, code, messages) => refuse(status, [code, ...messages].join(' ')),
  })
  /** What happens to a parcel, now unless it is said when; whoever is to be called is called by and by. */
  function tell(
    carrier: CarrierName,
    number: string,
    happening: Omit<Happening, 'occurredAt'> & { occurredAt?: string },
  ) {
    const whole = { occurredAt: now().toString(), ...happening }
    Temporal.Instant.from(whole.occurredAt)
    parcels.add(carrier, number, whole)
    carriers[carrier].tell(number, whole)
  }
  const { setOut, look, parcels: told } = misbehaviour
  const simulator = { journal: api.journal, faults, violations, deliveries: calls.deliveries, tell, setOut, look, told }
  const answer = routing({
    refuseLive: (name) => (LIVE.test(name) ? refuse(421, 'This is a simulator, not a carrier.') : null),
    tooLarge: refuse(413, 'The body is too large.'),
    payPage: () => refuse(404, 'Carriers have no pages here.'),
    control: (method, path, body) => control(simulator, method, path, body),
    api,
  })
  server.serve(answer, (error) => note(`The simulator failed: ${error}`))
  return {
    ...{ url: server.url, ...simulator },
    async stop() {
      await calls.stop()
      await server.stop()
    },
  }
}
export type CarrierSimulator = Awaited<ReturnType<typeof startCarrierSimulator>>

type Controlled = Parameters<typeof commonControl>[0] & Pick<CarrierSimulator, 'tell' | 'setOut' | 'look' | 'told'>

/**
 * `POST /__sim/parcels/{carrier}/{number}` tells what happens to a parcel. `POST /__sim/journeys/{carrier}/{number}` sets one on its way, with a
 * fate of its seed, and answers what becomes of it in truth; `GET /__sim/journeys` has all of them, and `POST /__sim/looks` tells what has
 * happened to them by now. The rest is as in every simulator.
 */
async function control(simulator: Controlled, method: string, path: string, body: string): Promise<Reply> {
  const [, , subject = '', carrier = '', number = ''] = path.split('/').map(decodeURIComponent)
  if (`${method} ${subject}` === 'GET journeys') return attempt(simulator.told)
  if (`${method} ${subject}` === 'POST looks') return attempt(simulator.look)
  if (method !== 'POST' || (subject !== 'parcels' && subject !== 'journeys'))
    return commonControl(simulator, method, subject, body)
  const name = carrierNames.find((each) => each === carrier)
  if (subject === 'journeys' && (name !== undefined || carrier === 'signed') && number !== '')
    return attempt(() => simulator.setOut({ ...JSON.parse(body), carrier, number } as SetOut))
  if (name === undefined || number === '') return refuse(404, 'There is no such carrier or parcel.')
  return attempt(() => simulator.tell(name, number, JSON.parse(body)))
}
