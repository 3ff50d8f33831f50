import { createHmac } from 'node:crypto'
import type { Calls } from './calls.ts'
import { type News, planParcel, type Truth } from './fates.ts'
import type { CarrierName, Happening, SetOut } from './parcels.ts'

/** A piece of news that is to be shown, or called about, at a moment. */
type Pending = { at: string; number: string; carrier: SetOut['carrier']; news: News; hook: SetOut['hook'] }
export type Told = { carrier: SetOut['carrier']; number: string; truth: Truth; news: News[] }

type Deps = {
  now(): Temporal.Instant
  calls: Calls
  /** Puts what happened into what a tracking API shows. */
  show(carrier: CarrierName, number: string, happening: Happening): void
  /** Calls whoever subscribed about it. */
  push(carrier: CarrierName, number: string, happening: Happening): void
}

/** A call that is late comes so much later than what it is about. */
const LATE = { hours: 30 }

/** Parcels that set out by themselves: each has a fate, and what is told of it is told as the clock passes. */
export function createMisbehaviour({ now, calls, show, push }: Deps) {
  const parcels: Told[] = []
  let shows: Pending[] = []
  let pushes: Pending[] = []

  const isDue = ({ at }: Pending) => Temporal.Instant.compare(at, now()) <= 0

  /** Shows what is due by now in the tracking APIs. */
  function showDue() {
    const due = shows.filter(isDue)
    shows = shows.filter((each) => !due.includes(each))
    for (const { carrier, number, news } of due) if (carrier !== 'signed') show(carrier, number, happeningOf(news))
  }

  /** What is signed and not taken is sent again the next time, as whoever signs does. */
  async function callSigned(pending: Pending) {
    const { hook, number, news } = pending
    const body = JSON.stringify({ events: [eventOf(number, news)] })
    const headers = signatureOf(hook!.secret, body, now())
    const status = await calls.call('signed', { url: hook!.url, headers }, body)
    if (status === undefined || status === null || status >= 300) pushes.push(pending)
  }

  return {
    /** Sets a parcel on its way, and answers what will become of it in truth. */
    setOut(parcel: SetOut): Truth {
      const { truth, news } = planParcel(parcel)
      const { carrier, number, hook } = parcel
      parcels.push({ carrier, number, truth, news })
      for (const each of news) {
        const pending = { carrier, number, news: each, hook }
        shows.push({ ...pending, at: each.toldAt })
        const at = each.calls === 'late' ? Temporal.Instant.from(each.toldAt).add(LATE).toString() : each.toldAt
        // Who signs has no other way to tell: what was forgotten is told late.
        const times = each.calls === 'twice' ? 2 : each.calls === 'never' && carrier !== 'signed' ? 0 : 1
        for (let time = 0; time < times; time += 1) pushes.push({ ...pending, at })
      }
      return truth
    },
    showDue,
    /** Tells what is due by now, and ends when whoever is called has answered. */
    async look() {
      showDue()
      const due = pushes.filter(isDue)
      pushes = pushes.filter((each) => !due.includes(each))
      for (const pending of due)
        if (pending.carrier === 'signed') await callSigned(pending)
        else push(pending.carrier, pending.number, happeningOf(pending.news))
      await calls.settled()
    },
    /** Every parcel that set out, what became of it, and what was and will be told. */
    parcels: () => structuredClone(parcels),
  }
}
export type Misbehaviour = ReturnType<typeof createMisbehaviour>

const happeningOf = ({ toldAt: _, calls: __, ...happening }: News): Happening => happening

/** The very same event has the same id, however often it is told. */
const eventOf = (number: string, { code, occurredAt, place, signedBy }: News) => ({
  ...{ eventId: `${number} ${code} ${occurredAt}`, trackingNumber: number, code, occurredAt },
  ...(place && { place }),
  ...(signedBy && { receivedBy: signedBy }),
})

/** As Standard Webhooks has it. */
function signatureOf(secret: string, body: string, now: Temporal.Instant) {
  const id = crypto.randomUUID()
  const timestamp = String(Math.floor(now.epochMilliseconds / 1_000))
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` }
}
