import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { Refusal } from '@vilkar/decider/decider.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { lockOrder } from '../order-facts/store.ts'
import { handle } from './handle.ts'
import type { RefusedTold } from './mails/refused.ts'
import type { CommandData } from './state.ts'
import { type StoredVoluntaryReturn, voluntaryReturnsOf } from './store.ts'

type Asked = Omit<CommandData<'RequestReturn'>, 'facts' | 'at'> & { orderId: string }

/**
 * Somebody asks, under the lock of the order: who waited for it hears what was decided meanwhile. Asked by another channel for the
 * same, or for units that are all on their way, it is the request that there was (`earlier`); a no goes out by mail with its reasons.
 */
export async function askForReturn(
  trx: Transaction<Database>,
  deps: Deps,
  { orderId, ...asked }: Asked,
): Promise<{ stored?: StoredVoluntaryReturn; refusal?: Refusal; earlier?: true }> {
  const { facts, personal } = (await lockOrder(trx, orderId))!
  const at = deps.clock.now().toString()
  const before = await voluntaryReturnsOf(trx, orderId)
  const same = before.find(
    ({ state }) =>
      state.status === 'requested' &&
      state.requested.channel !== asked.channel &&
      isSame(state.requested.lines, asked.lines),
  )
  if (same) return { stored: same, earlier: true }
  const { stored, refusal } = await handle(trx, { type: 'RequestReturn', data: { ...asked, at, facts } }, deps)
  if (refusal === undefined) return { stored: stored! }
  const onItsWay =
    isOnItsWay(refusal) &&
    before.findLast(({ state }) => hasSome(state.requested.lines, asked.lines) && state.status !== 'ended')
  if (onItsWay) return { stored: onItsWay, earlier: true }
  const { code, reasons = [], extra } = refusal
  const detail = { code, reasons, refused: extra?.refused as RefusedTold['refused'] } satisfies RefusedTold
  await queueMail(trx, deps.jobs, {
    aboutId: orderId,
    recipient: personal.email,
    at,
    kind: 'voluntary-return-refused',
    detail,
  })
  return { refusal }
}

const isSame = (some: LinePart[], others: LinePart[] | undefined) =>
  others !== undefined &&
  some.length === others.length &&
  some.every(({ lineId, quantity }) => others.some((line) => line.lineId === lineId && line.quantity === quantity))

const hasSome = (some: LinePart[], others: LinePart[] | undefined) =>
  some.some(({ lineId }) => others === undefined || others.some((line) => line.lineId === lineId))

/** Nothing else stands against it than that all of it goes back already. */
const isOnItsWay = ({ reasons = [] }: Refusal) =>
  reasons.length > 0 && reasons.every(({ code }) => code === 'all-returned')
