import type { Command } from './commands.ts'
import { said } from './exit.ts'
import { plain, table } from './words.ts'

type Report = {
  date: string
  finishedAt: string
  counts: { payments: number; drift: number; inFlight: number }
  drift: { orderId: string; paymentId: string; drift: { kind: string }[] }[]
}

/** The day in Norway, as the report counts it. */
const yesterday = () => Temporal.Now.plainDateISO('Europe/Oslo').subtract({ days: 1 }).toString()

export const reconcile: Command = async ({ services, say }, { date = yesterday(), ask }) => {
  const orders = services.find(({ name }) => name === 'orders')
  if (orders === undefined) throw said('usage', 'It is orders that is asked: set ORDERS, or leave --service out.')
  if (ask) {
    await orders.ask('POST', '/payments/reconciliation', { date: date as string })
    say(`${plain(date as string)} is being compared. Ask for the report in a while.`)
    return true
  }
  const report = await orders.ask<Report>(
    'GET',
    `/payments/reconciliation?${new URLSearchParams({ date: date as string })}`,
  )
  const { payments, drift, inFlight } = report.counts
  say(
    `${report.date}: ${payments} payments compared, ${drift} differ, ${inFlight} were under way (${report.finishedAt}).`,
  )
  const rows = report.drift.map(({ orderId, paymentId, drift }) => [
    orderId,
    paymentId,
    drift.map(({ kind }) => kind).join(', '),
  ])
  const differing = table(['order', 'payment', 'how'], rows)
  if (differing) say(differing)
  return drift === 0
}
