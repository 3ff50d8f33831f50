import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'

type Command<Type extends string, Data> = { type: Type; data: { returnId: string; at: string } & Data }
export type ReturnCommand =
  | Command<'DeclareWithdrawal', { facts: OrderFacts; lines?: LinePart[]; statement?: string }>
  | Command<'RecordSending', { carrier: string; trackingNumber: string; sentAt: string }>
  | Command<'RecordReceipt', { receivedAt: string }>
  | Command<'CloseReturn', { outcome: 'refunded' | 'order-cancelled'; amount: number }>

export type CommandData<Type extends ReturnCommand['type']> = Extract<ReturnCommand, { type: Type }>['data']
