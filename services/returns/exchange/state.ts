import type { ExchangeAgreed, ExchangeEnded } from '@vilkar/contracts/returns-exchange.ts'
import type { Legs } from './legs.ts'

/** The facts of an exchange. Money in minor units of both orders' currency. */
export type AgreedExchange = {
  status: 'agreed' | 'ended'
  agreed: ExchangeAgreed['data']
  ended?: Pick<ExchangeEnded['data'], 'outcome' | 'paidBack' | 'endedAt'>
}
export type Exchange = { status: 'new' } | AgreedExchange

type Command<Type extends string, Data> = { type: Type; data: { exchangeId: string; at: string } & Data }
export type ExchangeCommand =
  | Command<'AgreeExchange', Omit<ExchangeAgreed['data'], 'exchangeId' | 'difference' | 'agreedAt'>>
  /** How far both parts have come. */
  | Command<'LookAtLegs', { legs: Legs }>
export type CommandData<Type extends ExchangeCommand['type']> = Extract<ExchangeCommand, { type: Type }>['data']
