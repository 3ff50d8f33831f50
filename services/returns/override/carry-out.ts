import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { OverrideAbout } from '@vilkar/contracts/returns-override.ts'
import type { Refusal } from '@vilkar/decider/decider.ts'
import { portionOf } from '@vilkar/terms/amounts/portion.ts'
import type { OrderFacts, OverrideFacts } from '@vilkar/terms/order/facts.ts'
import { linesOf } from '@vilkar/terms/order/lines.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { Transaction } from 'kysely'
import { decider as complaints } from '../complaint/decider.ts'
import { handle as handleComplaint } from '../complaint/handle.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { decider as voluntaryReturns } from '../voluntary-return/decider.ts'
import { handle as handleVoluntary } from '../voluntary-return/handle.ts'
import { decider as withdrawals } from '../withdrawal/decider.ts'
import { handle as handleWithdrawal } from '../withdrawal/handle.ts'

/** What is asked for, by which right, in the customer's words if they said any. */
export type Asked = {
  about: Exclude<OverrideAbout, 'deduction'>
  caseId: string
  at: string
  lines: LinePart[]
  by: string
  words: string
}

const RIGHT = { withdrawal: 'withdrawal', 'voluntary-return': 'voluntaryReturn', complaint: 'complaint' } as const
const TAKEN = {
  withdrawal: 'WithdrawalDeclared',
  'voluntary-return': 'VoluntaryReturnRequested',
  complaint: 'ComplaintReceived',
}

/** The facts of an order with what is decided otherwise: for this one decision, and kept nowhere. */
const overridden = (facts: OrderFacts, { about, lines }: Asked, reason: Reason): OrderFacts => ({
  ...facts,
  overrides: [{ right: RIGHT[about], lineIds: lines.map(({ lineId }) => lineId), reason } satisfies OverrideFacts],
})

/** What its room says to it, on these facts, without doing it: its refusal, or what of the units is not taken. */
export function ruled(
  facts: OrderFacts,
  asked: Asked,
): { refusal?: Refusal; left: (LinePart & { reasons: Reason[] })[] } {
  const { about, caseId: returnId, at, lines, words } = asked
  const said = { returnId, at, facts, lines }
  const inWords = words === '' ? {} : { statement: words }
  const { events, refusal } =
    about === 'withdrawal'
      ? withdrawals.decide({ type: 'DeclareWithdrawal', data: { ...said, ...inWords } }, withdrawals.initial)
      : about === 'voluntary-return'
        ? voluntaryReturns.decide({ type: 'RequestReturn', data: { ...said, ...inWords } }, voluntaryReturns.initial)
        : complaints.decide({ type: 'ReceiveComplaint', data: { ...said, defect: words } }, complaints.initial)
  const taken = events.find(({ type }) => type === TAKEN[about])
  const data = taken?.data as { refused?: (LinePart & { reasons: Reason[] })[] } | undefined
  return { ...(refusal && { refusal }), left: data?.refused ?? [] }
}

/** The same with what is decided otherwise. */
export const ruledOtherwise = (facts: OrderFacts, asked: Asked, reason: Reason) =>
  ruled(overridden(facts, asked, reason), asked)

/** What units were paid for, in minor units: what it is worth to have them taken. */
export function worthOf(facts: OrderFacts, lines: readonly LinePart[]): number {
  const counted = new Map(linesOf(facts).map((line) => [line.lineId, line]))
  return lines.reduce((sum, { lineId, quantity: returning }) => {
    const { total, quantity, returned } = counted.get(lineId)!
    return sum + portionOf({ total, quantity, returning, returnedBefore: returned })
  }, 0)
}

/** Has it done by the room that refused it, for this reason; what is wrong by now, if something is. */
export async function carryOut(
  trx: Transaction<Database>,
  deps: Deps,
  { facts: known, asked, reason }: { facts: OrderFacts; asked: Asked; reason: Reason },
): Promise<Refusal | undefined> {
  const { about, caseId: returnId, at, lines, by, words } = asked
  const said = { returnId, at, facts: overridden(known, asked, reason), lines }
  const inWords = words === '' ? {} : { statement: words }
  const { refusal } =
    about === 'withdrawal'
      ? await handleWithdrawal(trx, { type: 'DeclareWithdrawal', data: { ...said, ...inWords } }, deps)
      : about === 'voluntary-return'
        ? await handleVoluntary(trx, { type: 'RequestReturn', data: { ...said, ...inWords, recordedBy: by } }, deps)
        : await handleComplaint(
            trx,
            { type: 'ReceiveComplaint', data: { ...said, defect: words, recordedBy: by } },
            deps,
          )
  return refusal
}
