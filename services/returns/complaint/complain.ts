import type { Refusal } from '@vilkar/decider/decider.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { noteOn } from '../cases/store.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { lockOrder } from '../order-facts/store.ts'
import { handle } from './handle.ts'
import type { RefusedTold } from './mails/judged.ts'
import type { CommandData } from './state.ts'
import { complaintsOf, type StoredComplaint } from './store.ts'

type Complained = Omit<CommandData<'ReceiveComplaint'>, 'facts' | 'at'> & { orderId: string }

/**
 * Somebody complains, under the lock of the order: who waited for it hears what was decided meanwhile. Of units that a complaint is
 * open about already it is that complaint (`earlier`); where there is nothing to complain of, the no goes out by mail with its reasons.
 */
export async function complain(
  trx: Transaction<Database>,
  deps: Deps,
  { orderId, ...said }: Complained,
): Promise<{ stored?: StoredComplaint; refusal?: Refusal; earlier?: true }> {
  const { facts, personal } = (await lockOrder(trx, orderId))!
  const at = deps.clock.now().toString()
  const { stored, refusal } = await handle(trx, { type: 'ReceiveComplaint', data: { ...said, at, facts } }, deps)
  if (refusal === undefined) return { stored: stored! }
  const { reasons = [], extra } = refusal
  if (reasons.length > 0 && reasons.every(({ code }) => code === 'already-complained-of')) {
    const open = new Set(facts.complaints?.flatMap((each) => (each.outcome === 'open' ? [each.returnId] : [])))
    const earlier = (await complaintsOf(trx, orderId)).findLast(
      ({ id, state }) =>
        open.has(id) &&
        state.received.lines.some(
          ({ lineId }) => said.lines === undefined || said.lines.some((part) => part.lineId === lineId),
        ),
    )
    if (earlier) {
      await keepWords(trx, earlier, said, at)
      return { stored: earlier, earlier: true }
    }
  }
  if (extra === undefined) return { refusal }
  const detail = { reasons, refused: extra.refused as RefusedTold['refused'] } satisfies RefusedTold
  await queueMail(trx, deps.jobs, {
    aboutId: orderId,
    recipient: personal.email,
    at,
    kind: 'complaint-refused',
    detail,
  })
  return { refusal }
}

/** What a customer says again is no new complaint, and is kept with the one that there is: as a note on its case. */
async function keepWords(
  trx: Transaction<Database>,
  { id: caseId, state, personal }: StoredComplaint,
  { defect, recordedBy = 'customer' }: Pick<Complained, 'defect' | 'recordedBy'>,
  notedAt: string,
) {
  if (defect === personal.defect) return
  const { orderId } = state.received
  await noteOn(trx, { id: uuidv7(), caseId, orderId, notedAt, personal: { text: defect, by: recordedBy } })
}
