import type { Random } from '../random.ts'
import type { Stage } from '../stage.ts'
import { type Insist, until } from './persist.ts'
import { someOf } from './some-of.ts'

export const SKUS = ['S-1', 'S-2', 'S-3', 'S-4', 'S-5', 'S-6'] as const

type Shipment = { id: string; status: string; lines: { lineId: string; quantity: number }[] }

/** What the warehouse does: stock up, send in parts, and take back what customers withdraw from. */
export function createWarehouse({ urls }: Pick<Stage, 'urls'>, insist: Insist) {
  async function stockUp() {
    for (const [n, sku] of SKUS.entries())
      await insist('warehouse', 'PUT', `${urls.orders}/products/${sku}`, {
        body: {
          name: { nb: sku, en: sku },
          priceNok: 9_999 + n * 3_333,
          priceEur: 999 + n * 333,
          vatRate: n % 2 ? 2500 : 1500,
          stock: 1_000_000,
          traits: {},
        },
      })
  }

  const shipmentsOf = async (id: string): Promise<Shipment[]> =>
    (await insist('warehouse', 'GET', `${urls.shipping}/shipments?orderId=${id}`)).body.items

  /** Sends an order in one to three parts and delivers each; `meanwhile` happens in between. False when it may not be sent. */
  async function send(id: string, random: Random, meanwhile = async () => {}) {
    let parts = random.between(1, 3)
    for (;;) {
      const open = await until('the shipment is asked for', async () => {
        const shipments = await shipmentsOf(id)
        if (shipments.length === 0) return undefined
        return shipments.filter(({ status }) => status === 'requested')
      })
      if (open.length === 0) return (await shipmentsOf(id)).some(({ status }) => status === 'delivered')
      for (const shipment of open) {
        const units = shipment.lines.reduce((sum, { quantity }) => sum + quantity, 0)
        const part = parts > 1 && units > 1 ? { lines: someOf(shipment.lines, random) } : {}
        parts -= 1
        const url = `${urls.shipping}/shipments/${shipment.id}`
        const sent = await insist('warehouse', 'PUT', `${url}/dispatch`, {
          body: { carrier: 'Posten', trackingNumber: 'T1', ...part },
        })
        if (sent.status >= 400) return false
        await meanwhile()
        await insist('warehouse', 'PUT', `${url}/delivery`, { body: { receivedBy: 'Kari', takenBy: 'customer' } })
      }
    }
  }

  /** Withdraws from some units, wherever they are; gives the return, if the law gives one. */
  async function withdraw(id: string, random: Random): Promise<string | undefined> {
    const { body } = await insist('support', 'GET', `${urls.returns}/orders/${id}/eligibility`)
    const returnable = (body.lines ?? [])
      .filter((line: { returnable: number }) => line.returnable > 0)
      .map(({ lineId, returnable }: { lineId: string; returnable: number }) => ({ lineId, quantity: returnable }))
    if (returnable.length === 0) return undefined
    const { status, body: declared } = await insist('storefront', 'POST', `${urls.returns}/orders/${id}/withdrawals`, {
      body: { lines: someOf(returnable, random) },
    })
    return status === 201 ? declared.id : undefined
  }

  /** What is sent back has come back. */
  const receive = (returnId: string) =>
    insist('warehouse', 'PUT', `${urls.returns}/returns/${returnId}/receipt`, { body: {} })

  /** Withdraws from some units, once or twice, and sends them back. */
  async function giveBack(id: string, random: Random) {
    for (let time = random.between(1, 2); time > 0; time -= 1) {
      const returnId = await withdraw(id, random)
      if (returnId) await receiveInPart(insist, `${urls.returns}/returns/${returnId}`, random)
    }
  }

  return { stockUp, send, withdraw, receive, giveBack }
}

/** The goods are back, and some of them are as new; if nobody knows yet which had left, none is said to be. */
async function receiveInPart(insist: Insist, url: string, random: Random) {
  const { body } = await insist('warehouse', 'GET', url)
  const coming = body.left ?? body.lines
  if (coming.length === 0) return
  const fitForSale = someOf(coming, random).map(({ lineId, quantity }) => ({ lineId, quantity }))
  const { status } = await insist('warehouse', 'PUT', `${url}/receipt`, { body: { fitForSale } })
  if (status === 409) await insist('warehouse', 'PUT', `${url}/receipt`, { body: {} })
}
