import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { ReturnClosed } from '@vilkar/contracts/returns.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'

type Command<Type extends string, Data> = { type: Type; data: { returnId: string; at: string } & Data }
export type ReturnCommand =
  | Command<'DeclareWithdrawal', { facts: OrderFacts; lines?: LinePart[]; statement?: string }>
  /** Which units never left and which come back, as orders says. `facts` are what is known of the order, here and below. */
  | Command<'RecordUnits', { facts: OrderFacts; stopped: LinePart[]; left: LinePart[] }>
  | Command<'RecordSending', { facts: OrderFacts; carrier: string; trackingNumber: string; sentAt: string }>
  | Command<'RecordReceipt', { facts: OrderFacts; receivedAt: string }>
  | Command<'CloseReturn', { outcome: ReturnClosed['data']['outcome']; amount: number }>

export type CommandData<Type extends ReturnCommand['type']> = Extract<ReturnCommand, { type: Type }>['data']
