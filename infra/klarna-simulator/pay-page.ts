import type { Reply } from '@vilkar/simulator/reply.ts'
import { hostedPage, returnUrl } from './hosted-page.ts'
import type { PaymentSessions } from './payment-sessions.ts'

const CHOICES = ['approve', 'decline', 'close'] as const

/** Shows a session's page, or does what the customer chose on it and sends them back to the shop. */
export function payPage(sessions: PaymentSessions, method: string, id: string, form: string): Reply {
  const session = sessions.find(id)
  if (session === undefined) return { status: 404, body: hostedPage(undefined) }
  const payable = session.status === 'WAITING' || session.status === 'IN_PROGRESS'
  const chosen = new URLSearchParams(form).get('choice')
  const choice = CHOICES.find((name) => name === chosen)
  if (payable && method === 'POST' && choice !== undefined) {
    const location = returnUrl(sessions[choice](id))
    if (location !== undefined) return { status: 303, headers: { location } }
  }
  if (method === 'GET' && session.status === 'WAITING') sessions.enter(id)
  return { status: 200, body: hostedPage(session) }
}
