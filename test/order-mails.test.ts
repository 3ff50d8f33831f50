import { nameOf } from '@vilkar/contracts/all-events.ts'
import { privacyEvents } from '@vilkar/contracts/privacy.ts'
import { reactions as orders } from '@vilkar/orders/service.ts'
import { reactions as returns } from '@vilkar/returns/service.ts'
import { reactions as shipping } from '@vilkar/shipping/service.ts'
import t from 'tap'

t.test('whoever writes about orders hears of privacy what is to be erased, and no word about marketing', async (t) => {
  const told = new Set(privacyEvents.map(nameOf))
  for (const reactions of [orders, returns, shipping]) {
    const heard = Object.keys(reactions).filter((name) => told.has(name as never))
    t.strictSame(heard, ['ErasureDue'])
  }
})
