import type { ExchangeEvent } from '@vilkar/contracts/returns-exchange.ts'
import { createCommandHandler } from '@vilkar/decider/command-handler.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { decider } from './decider.ts'
import { planFollowUps } from './follow-ups.ts'
import type { AgreedExchange, Exchange, ExchangeCommand } from './state.ts'
import { lockExchange, saveExchange } from './store.ts'

/** The only way an exchange changes. Nothing personal is kept of it. */
export const handle = createCommandHandler<
  Database,
  Exchange,
  AgreedExchange,
  ExchangeCommand,
  ExchangeEvent,
  object,
  Pick<Deps, 'jobs'>
>({
  service: 'returns',
  decider,
  idOf: ({ data }) => data.exchangeId,
  load: lockExchange,
  personalAfter: () => ({}),
  save: saveExchange,
  followUps: planFollowUps,
})
