import { told } from '@vilkar/contracts/test/told.ts'
import { matchesGolden } from '@vilkar/testing/golden.ts'
import t, { type Test } from 'tap'
import { decider } from '../../exchange/decider.ts'
import type { Legs } from '../../exchange/legs.ts'
import { composeExchangeMail } from '../../exchange/mails/compose.ts'
import type { ExchangeMail } from '../../exchange/mails/kinds.ts'
import type { AgreedExchange } from '../../exchange/state.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { decider as withdrawals } from '../../withdrawal/decider.ts'
import { declare, received, returnId } from '../a-return.ts'

const lines = [{ lineId: '1', quantity: 1 }]
const [declared] = told(withdrawals, declare({ lines }))
const { reasons } = declared!.data as { reasons: AgreedExchange['agreed']['reasons'] }
const at = '2026-06-10T08:00:00Z'
const ids = { exchangeId: returnId, at }
function exchanged(newTotal: number, legs?: Legs) {
  const what = { orderId: received.orderId, returnId, right: 'withdrawal' as const, lines, newOrderId: returnId }
  const sums = { newTotal, refundEstimate: 49_900, currency: 'NOK' as const, reasons }
  const agree = { type: 'AgreeExchange', data: { ...ids, ...what, ...sums } } as const
  const looks = legs ? [{ type: 'LookAtLegs', data: { ...ids, legs } } as const] : []
  const events = told(decider, agree, ...looks)
  return { state: events.reduce(decider.evolve, decider.initial) as AgreedExchange }
}
const mails: Record<string, [ExchangeMail, ReturnType<typeof exchanged>]> = {
  'agreed-dearer': ['exchange-agreed', exchanged(69_800)],
  'agreed-cheaper': ['exchange-agreed', exchanged(19_800)],
  'agreed-even': ['exchange-agreed', exchanged(49_900)],
  'ended-cancelled': ['exchange-ended', exchanged(69_800, { goodsBack: 'awaited', newOrder: 'cancelled' })],
  'ended-never-returned': ['exchange-ended', exchanged(69_800, { goodsBack: 'over', newOrder: 'with-customer' })],
}

for (const [name, [kind, exchange]] of Object.entries(mails))
  for (const locale of ['nb', 'en'] as const)
    t.test(`${name} in ${locale} reads as its file in test/exchange/mails`, async (t) => {
      const facts: PlacedFacts = { ...received, number: 'SG-7K2M9-4QXTB', locale, names: { 1: 'Lekkasjesensor' } }
      const { subject, text } = composeExchangeMail(exchange, kind, facts, 'https://shop.example/order?link=x')
      matchesGolden(t as Test, new URL(`mails/${name}.${locale}.txt`, import.meta.url), `${subject}\n\n${text}`)
      t.notMatch(text, /undefined|null|NaN|\[object/)
    })
