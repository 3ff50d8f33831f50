import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { OverrideAbout } from '@vilkar/contracts/returns-override.ts'
import type { Refusal } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { limitsOf } from '../order-facts/limits.ts'
import { handle as handleWithdrawal } from '../withdrawal/handle.ts'
import { deductedLeft } from '../withdrawal/restore-deduction.ts'
import { readReturn } from '../withdrawal/store.ts'
import { type Asked, carryOut, ruled, ruledOtherwise, worthOf } from './carry-out.ts'
import { handle } from './handle.ts'
import type { CommandData, Otherwise } from './state.ts'
import { overridesOf, readOverride, type StoredOverride } from './store.ts'

export type Wanted = { about: OverrideAbout; lines?: LinePart[]; returnId?: string; amount?: number; words?: string }
type By = { overrideId: string; by: string; why: string }
type Done = { stored?: StoredOverride; refusal?: Refusal; isNew?: boolean }
type Order = { facts: OrderFacts }

const NOTHING = (detail: string): Refusal => ({ code: 'nothing-to-override', detail })
const distinct = (reasons: readonly Reason[]) => [...new Map(reasons.map((each) => [each.code, each])).values()]

/** Somebody decides otherwise than the rules, under the lock of the order: decided at once, or once a second person approves. */
export async function propose(
  trx: Transaction<Database>,
  deps: Deps,
  { facts }: Order,
  wanted: Wanted,
  who: By,
): Promise<Done> {
  const before = await readOverride(trx, who.overrideId)
  const at = deps.clock.now().toString()
  const caseId = wanted.returnId ?? uuidv7()
  const { otherwise, refusal } = before
    ? { otherwise: { ...before.state.proposed, about: wanted.about } }
    : await otherwiseOf(trx, facts, wanted, { ...who, at, caseId })
  if (otherwise === undefined) return { refusal }
  const given = (await overridesOf(trx, facts.orderId)).reduce(
    (sum, { state }) => (state.status === 'declined' ? sum : sum + state.proposed.amount),
    0,
  )
  const { words } = wanted
  const limits = { ...limitsOf(facts), given }
  const data = { ...who, at, caseId, facts, otherwise, limits, ...(words !== undefined && { words }) }
  const done = await handle(trx, { type: 'ProposeOverride', data }, deps)
  if (done.refusal) return { refusal: done.refusal }
  return finish(trx, deps, facts, { stored: done.stored!, isNew: done.events.length > 0 }, at)
}

/** What is to be decided otherwise, with what the rules say and what it is worth; or that there is nothing. */
async function otherwiseOf(
  trx: Transaction<Database>,
  facts: OrderFacts,
  { about, lines, returnId, amount, words = '' }: Wanted,
  { overrideId, at, caseId, by }: By & { at: string; caseId: string },
): Promise<{ otherwise?: Otherwise; refusal?: Refusal }> {
  if (about === 'deduction') return deductionOf(trx, facts, returnId!, amount)
  const asked: Asked = { about, caseId, at, lines: lines!, by, words }
  const now = ruled(facts, asked)
  const reasons = distinct(now.refusal?.reasons ?? now.left.flatMap((each) => each.reasons))
  if (!now.refusal && now.left.length === 0)
    return { refusal: NOTHING('The rules give all of it already: have it asked for.') }
  const [reason] = termsOf(facts.terms.edition).decidedOtherwise({ overrideId, decidedOn: at.slice(0, 10) }).reasons
  const { refusal, left } = ruledOtherwise(facts, asked, reason!)
  if (refusal) return { refusal }
  if (left.length > 0)
    return {
      refusal: {
        ...NOTHING('Some of these units are not there to have a right to.'),
        reasons: distinct(left.flatMap((each) => each.reasons)),
      },
    }
  return { otherwise: { about, lines: lines!, amount: worthOf(facts, lines!), ruled: reasons } }
}

async function deductionOf(trx: Transaction<Database>, { orderId }: OrderFacts, returnId: string, wanted?: number) {
  const found = await readReturn(trx, returnId)
  if (found?.state.declared.orderId !== orderId)
    return { refusal: { code: 'return-unknown', detail: 'The order has no such return.' } }
  const left = deductedLeft(found.state)
  const amount = wanted ?? left
  if (left === 0) return { refusal: NOTHING('Nothing was deducted from the refund, or all of it is paid back.') }
  if (amount > left)
    return { refusal: NOTHING(`Of what was deducted ${left} is not paid back (minor units), not ${amount}.`) }
  const deductions = found.state.refund!.deductions!
  return {
    otherwise: {
      about: 'deduction' as const,
      returnId,
      amount,
      ruled: distinct(deductions.flatMap((each) => each.reasons)),
    },
  }
}

/** A second person settles it, under the lock of the order. */
export async function settle(
  trx: Transaction<Database>,
  deps: Deps,
  { facts }: Order,
  said: Omit<CommandData<'SettleOverride'>, 'at' | 'edition' | 'caseId'>,
): Promise<Done> {
  const at = deps.clock.now().toString()
  const before = await readOverride(trx, said.overrideId)
  const caseId = before?.state.proposed.returnId ?? uuidv7()
  const data = { ...said, at, caseId, edition: facts.terms.edition }
  const done = await handle(trx, { type: 'SettleOverride', data }, deps)
  if (done.refusal) return { refusal: done.refusal }
  return finish(trx, deps, facts, { stored: done.stored!, isNew: done.events.length > 0 }, at)
}

/** What was just decided is carried out, in the same transaction; what became of it meanwhile undoes the decision. */
async function finish(
  trx: Transaction<Database>,
  deps: Deps,
  facts: OrderFacts,
  done: Required<Pick<Done, 'stored' | 'isNew'>>,
  at: string,
): Promise<Done> {
  const { stored, isNew } = done
  const { decided, proposed, by } = stored.state
  if (!isNew || decided === undefined) return done
  const { overrideId, about, lines = [], amount, returnId } = proposed
  const { caseId, reasons } = decided
  if (about === 'deduction') {
    const data = { returnId: returnId!, at, overrideId, amount, reasons: [...proposed.ruled, ...reasons] }
    const { refusal } = await handleWithdrawal(trx, { type: 'RestoreDeduction', data }, deps)
    return refusal ? { refusal } : done
  }
  const { words = '' } = stored.personal
  const asked: Asked = { about, caseId, at, lines, by, words }
  const refusal = await carryOut(trx, deps, { facts, asked, reason: reasons[0]! })
  return refusal ? { refusal } : done
}
