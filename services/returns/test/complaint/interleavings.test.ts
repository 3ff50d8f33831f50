import type { ComplaintEvent } from '@vilkar/contracts/returns.ts'
import type { CureStopAsked } from '@vilkar/contracts/returns-cure.ts'
import fc from 'fast-check'
import t from 'tap'
import { decider } from '../../complaint/decider.ts'
import type { Complaint, ComplaintCommand, OpenComplaint } from '../../complaint/state.ts'
import { received } from '../a-return.ts'
import { acceptIt, choose, complain, fail, goodsCame, letBe, mend, repaired, returnId } from './a-complaint.ts'

type Message = () => void
type Shipment = { status: 'here' | 'left' | 'stopped' | 'there'; answered?: true }
const at = '2026-08-06T09:00:00Z'

/**
 * A complaint of two units among people who do what they like, and orders and shipping, which hear and answer in their own time. Each
 * hears what another says in the order in which it was said; nothing else is in order.
 */
function world(stock: number) {
  let state: Complaint = decider.initial
  let withdrawn = 0
  let cures = 0
  const queues: Record<string, Message[]> = { orders: [], shipping: [], fromOrders: [], fromShipping: [] }
  const reserved = new Map<string, 'reserved' | 'released' | 'out-of-stock'>()
  const shipments = new Map<string, Shipment>()
  const replacedBy = new Set<string>()
  const facts = () => {
    const lines = [{ lineId: '1', quantity: withdrawn }]
    return { ...received, returns: withdrawn > 0 ? [{ returnId: 'w', outcome: 'open' as const, lines }] : [] }
  }

  function command(next: { type: string; data: object }) {
    cures += 1
    const fresh = { facts: facts(), ...('cureId' in next.data ? {} : { cureId: `cure-${cures}` }) }
    const said = { ...next, data: { returnId, at, ...next.data, ...fresh } } as ComplaintCommand
    const { events } = decider.decide(said, state)
    state = events.reduce(decider.evolve, state)
    for (const event of events) {
      if (event.type === 'CureDone' && event.data.remedy === 'replacement')
        replacedBy.add((state as OpenComplaint).cure!.cureId)
      queues.orders!.push(() => ordersHear(event))
      queues.shipping!.push(() => shippingHears(event))
    }
  }
  const tell = (from: 'fromOrders' | 'fromShipping', type: string, data: object) =>
    queues[from]!.push(() => command({ type, data }))

  function ordersHear({ type, data }: ComplaintEvent) {
    if (type === 'RemedyChosen' && data.remedy === 'replacement') {
      const outcome = stock > 0 ? ('reserved' as const) : ('out-of-stock' as const)
      if (outcome === 'reserved') stock -= 1
      reserved.set(data.cureId!, outcome)
      tell('fromOrders', 'HearStock', { cureId: data.cureId, outcome })
    }
    if (type === 'CureStopAsked' && !data.shipmentAsked) {
      if (reserved.get(data.cureId) === 'reserved') release(data.cureId)
      tell('fromOrders', 'HearStop', { cureId: data.cureId, outcome: 'stopped' })
    }
  }
  function release(cureId: string) {
    if (reserved.get(cureId) !== 'reserved') return
    reserved.set(cureId, 'released')
    stock += 1
  }
  function shippingHears({ type, data }: ComplaintEvent) {
    if (type === 'CureShipmentAsked') {
      shipments.set(data.cureId, { status: 'here' })
      tell('fromShipping', 'NoteUnderway', { cureId: data.cureId, step: 'requested' })
    }
    if (type === 'CureStopAsked' && data.shipmentAsked) stop(data)
  }
  function stop({ cureId }: CureStopAsked['data']) {
    const shipment = shipments.get(cureId)!
    if (shipment.status === 'here') shipment.status = 'stopped'
    const outcome = shipment.status === 'stopped' ? ('stopped' as const) : ('left' as const)
    tell('fromShipping', 'HearStop', { cureId, outcome })
    if (outcome === 'stopped') queues.orders!.push(() => release(cureId))
  }
  const move = (from: Shipment['status'], to: Shipment['status'], type: string, data: object) => {
    for (const [cureId, shipment] of shipments)
      if (shipment.status === from) {
        shipment.status = to
        return tell('fromShipping', type, { cureId, ...data })
      }
  }
  const people: Record<string, () => void> = {
    repair: () => command({ ...choose('repair'), data: { remedy: 'repair' } }),
    replacement: () => command({ ...choose('replacement'), data: { remedy: 'replacement' } }),
    lower: () => command({ ...choose('price-reduction'), data: { remedy: 'price-reduction' } }),
    withdraw: () => {
      if (withdrawn < 2) withdrawn += 1
      command({ type: 'LoseUnits', data: { before: [] } })
    },
    goods: () => command(goodsCame()),
    repaired: () => command(repaired()),
    mend: () => command(mend()),
    fail: () => command({ ...fail(), data: { ...fail().data, conceded: true } }),
    letBe: () => command(letBe()),
    carrier: () => move('here', 'left', 'NoteUnderway', { step: 'dispatched' }),
    door: () => move('left', 'there', 'RecordDelivery', { receivedAt: at }),
  }
  for (const first of [complain({ facts: received }), acceptIt()]) command(first)
  return {
    people,
    hear: (queue: string) => queues[queue]!.shift()?.(),
    settle() {
      while (Object.values(queues).some((queue) => queue.length > 0))
        for (const queue of Object.values(queues)) queue.shift()?.()
    },
    seen: () => ({ state: state as OpenComplaint, reserved, shipments, replacedBy, stock, withdrawn }),
  }
}

const STOCK = 3
const PEOPLE = ['repair', 'replacement', 'lower', 'withdraw', 'goods', 'repaired', 'mend', 'fail', 'letBe']
const HEARD = ['hear orders', 'hear shipping', 'hear fromOrders', 'hear fromShipping', 'carrier', 'door']
const hears = (...queues: string[]) => queues.flatMap((queue) => Array.from({ length: 9 }, () => `hear ${queue}`))
/** A replacement that the carrier has. */
const ON_ITS_WAY = ['replacement', ...hears('orders', 'fromOrders', 'shipping', 'fromShipping'), 'carrier']
const CAME = [...ON_ITS_WAY, ...hears('fromShipping'), 'door', ...hears('fromShipping')]
const steps = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...PEOPLE) },
  { weight: 4, arbitrary: fc.constantFrom(...HEARD) },
)

t.test(
  'in whatever order all is said and heard, no unit is lost, sent for nothing or waited for in vain',
  async (t) => {
    const ended = new Set<string>()
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: STOCK }),
        fc.array(steps, { maxLength: 60, size: 'max' }),
        (stock, said) => {
          const { people, hear, settle, seen } = world(stock)
          for (const step of said) step.startsWith('hear ') ? hear(step.slice(5)) : people[step]!()
          settle()
          const { state, reserved, shipments, replacedBy, stock: left, withdrawn } = seen()
          ended.add(`${state.status} ${state.cure?.step ?? ''}`)
          const current = state.status === 'curing' ? state.cure?.cureId : undefined
          const taken = [...reserved].filter(([, what]) => what === 'reserved')
          const problems = [
            left + taken.length !== stock && 'units were made or lost',
            state.stopping && 'a stop is not answered',
            replacedBy.size > 1 && 'two replacements came, and the goods of one are waited for',
            current && state.cure!.step === 'stock' && 'orders was asked and is not waited for any more',
            current && state.cure!.step === 'shipment' && 'shipping was asked and is not waited for any more',
            ...taken.map(([cureId]) => {
              const { status } = shipments.get(cureId) ?? { status: 'never' }
              const isRight = cureId === current || status === 'left' || status === 'there'
              return !isRight && `${cureId} keeps units and is ${status}, the complaint ${state.status}`
            }),
            ...[...shipments].map(([cureId, { status }]) => {
              const isRepair = !reserved.has(cureId)
              return status === 'here' && cureId !== current && !isRepair && `${cureId} is to be sent for nothing`
            }),
            withdrawn === 2 &&
              !['ended', 'cured'].includes(state.status) &&
              `all was withdrawn and it is ${state.status}`,
          ]
          const found = problems.filter((problem) => typeof problem === 'string')
          if (found.length > 0) throw new Error(found.join('; '))
        },
      ),
      {
        numRuns: 5_000,
        examples: [
          [STOCK, [...ON_ITS_WAY, ...hears('fromShipping')]],
          [STOCK, [...CAME, 'fail', ...CAME]],
        ],
      },
    )
    for (const one of ['curing dispatched', 'cured dispatched', 'curing goods', 'curing repair', 'accepted stock'])
      t.ok(ended.has(one), `none came to be ${one}: ${[...ended]}`)
  },
)
