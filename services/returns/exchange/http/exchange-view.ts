import { Id } from '@vilkar/contracts/event.ts'
import { ExchangeAgreed, ExchangeEnded } from '@vilkar/contracts/returns-exchange.ts'
import { type Static, Type } from 'typebox'
import type { StoredExchange } from '../store.ts'

/** An exchange as callers see it. Money in minor units of its currency. */
export const ExchangeView = Type.Object(
  {
    ...Type.Omit(ExchangeAgreed.properties.data, ['exchangeId']).properties,
    id: Id,
    status: Type.Union([Type.Literal('agreed'), Type.Literal('ended')]),
    ended: Type.Optional(Type.Pick(ExchangeEnded.properties.data, ['outcome', 'paidBack', 'endedAt'])),
  },
  { title: 'Exchange' },
)

export function viewOf({ id, state }: StoredExchange): Static<typeof ExchangeView> {
  const { status, agreed, ended } = state
  const { exchangeId: _, ...rest } = agreed
  return { id, status, ...rest, ...(ended && { ended }) }
}
