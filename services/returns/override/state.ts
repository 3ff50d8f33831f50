import type { LinePart } from '@vilkar/contracts/parts.ts'
import type {
  OverrideAbout,
  OverrideDecided,
  OverrideDeclined,
  OverrideProposed,
} from '@vilkar/contracts/returns-override.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'

/** The facts of an override. `caseId` is the case that comes of it, known from the beginning. Money in minor units. */
export type OpenOverride = {
  status: 'proposed' | 'decided' | 'declined'
  proposed: Omit<OverrideProposed['data'], 'personal'>
  by: string
  decided?: Pick<OverrideDecided['data'], 'caseId' | 'decidedAt' | 'reasons'>
  declined?: Pick<OverrideDeclined['data'], 'outcome' | 'declinedAt'>
}
export type Override = { status: 'new' } | OpenOverride

export type Limits = { alone: number; together: number; given: number }
/** What is to be decided otherwise, what the rules said, and what it is worth. `returnId`: of a deduction. */
export type Otherwise = { about: OverrideAbout; returnId?: string; lines?: LinePart[]; amount: number; ruled: Reason[] }

type Command<Type extends string, Data> = {
  type: Type
  data: { overrideId: string; at: string; caseId: string } & Data
}
export type OverrideCommand =
  | Command<
      'ProposeOverride',
      { facts: OrderFacts; otherwise: Otherwise; limits: Limits; by: string; why: string; words?: string }
    >
  | Command<'SettleOverride', { edition: string; verdict: 'approved' | 'declined'; by: string; why?: string }>
export type CommandData<Type extends OverrideCommand['type']> = Extract<OverrideCommand, { type: Type }>['data']
