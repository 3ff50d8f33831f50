import { type Answering, createApi } from '@vilkar/simulator/api.ts'
import { commonControl } from '@vilkar/simulator/control.ts'
import { delayed } from '@vilkar/simulator/exchange.ts'
import { createFaults } from '@vilkar/simulator/faults.ts'
import { createViolations, listen, routing } from '@vilkar/simulator/server.ts'
import { createContacts, refuse } from './contacts.ts'

const ANSWER_TIMEOUT_MS = 5_000
const JOURNAL_LIMIT = 1_000
const LIVE = /(^|\.)brevo\.com(:\d+)?$/

type Delivery = { event: string; status: number | null }
export type SimulatorOptions = {
  /** 0 takes a free port. */
  port?: number
  host?: string
  now(): Temporal.Instant
  /** Where it calls about what happened, and the token that it brings. */
  webhook?: { url: string; token: string }
}

/** Brevo's contacts in memory, over HTTP, with faults on demand. `tell` calls the webhook about a contact, as Brevo does. */
export async function startBrevoSimulator({ port = 0, host = '127.0.0.1', now, webhook }: SimulatorOptions) {
  const server = await listen({ port, host })
  const { note, violations } = createViolations()
  const faults = createFaults()
  const contacts = createContacts(note)
  const deliveries: Delivery[] = []

  const replyTo: Answering = async (request, { method, path, body }, wait) => {
    await wait()
    if (!request.headers['api-key']) return refuse(401, 'unauthorized', 'Key not found')
    const { searchParams } = new URL(request.url ?? '/', 'http://simulator')
    const reply = contacts.answer(method, path, searchParams, (body ?? {}) as Record<string, unknown>)
    return reply ?? refuse(404, 'invalid_parameter', 'There is no such operation.')
  }
  const api = createApi({
    ...{ now, journalLimit: JOURNAL_LIMIT, faults, keyHeader: 'x-request-id', replyTo },
    refuseAs: (status, code, messages) => refuse(status, code, messages.join(' ')),
  })

  async function post(event: string, email: string) {
    const body = {
      event,
      email,
      id: 1,
      camp_id: 1,
      list_id: [1],
      ts_event: Math.floor(now().epochMilliseconds / 1_000),
    }
    try {
      const response = await fetch(webhook!.url, {
        ...{ method: 'POST', redirect: 'manual', body: JSON.stringify(body) },
        headers: { 'content-type': 'application/json', authorization: `Bearer ${webhook!.token}` },
        signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      })
      await response.body?.cancel()
      return response.status
    } catch {
      return null
    }
  }
  /** Says that somebody left (`unsubscribe`), complained (`spam`) or cannot be reached (`hard_bounce`). */
  async function tell(event: string, email: string) {
    if (webhook === undefined) throw new Error('Nobody is to be called.')
    const fault = faults.strikePush(webhook.url)
    if (fault?.type === 'drop_push') return
    if (fault?.type === 'delay_push') await delayed(fault)
    for (let times = fault?.type === 'duplicate_push' ? 2 : 1; times > 0; times -= 1)
      deliveries.push({ event, status: await post(event, email) })
  }

  const simulator = { journal: api.journal, faults, violations, deliveries: () => structuredClone(deliveries), tell }
  const answer = routing({
    refuseLive: (name) => (LIVE.test(name) ? refuse(421, 'misdirected', 'This is a simulator, not Brevo.') : null),
    tooLarge: refuse(413, 'too_large', 'The body is too large.'),
    payPage: () => refuse(404, 'not_found', 'There are no pages here.'),
    control: async (method, path, body) =>
      method === 'GET' && path === '/__sim/contacts'
        ? { status: 200, body: contacts.all() }
        : commonControl(simulator, method, path.slice('/__sim/'.length), body),
    api,
  })
  server.serve(answer, (error) => note(`The simulator failed: ${error}`))
  return { ...{ url: server.url, ...simulator, contacts: contacts.all }, stop: server.stop }
}
