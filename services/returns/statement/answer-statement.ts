import { ERASED } from '@vilkar/contracts/erased.ts'
import type { Refusal } from '@vilkar/decider/decider.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import type { PlacedOrder } from '../order-facts/projection.ts'
import { lockOrder, lockOrderByNumber } from '../order-facts/store.ts'
import { tellWriting } from '../order-facts/tell-writing.ts'
import { handle } from '../withdrawal/handle.ts'
import { returnsOf, type StoredReturn } from '../withdrawal/store.ts'
import type { StatementMail } from './mails/kinds.ts'
import { type Answer, linesOfStatement, type StoredStatement, saysTheSame } from './statement.ts'
import { lockStatement, postpone, saveAnswer, statementsNaming, statementsOf } from './store.ts'

/** What was just said may be about an order that is not heard of yet: so long it is looked for. */
const LOOKED_FOR = 'PT1M'
const LOOK_AGAIN_AFTER = 'PT5S'
/** More than so many unclear statements within an hour that name one address write to it no more. */
const UNCLEAR_MAILS_AN_HOUR = 3

export type Answered = { statement: StoredStatement; stored?: StoredReturn }

/**
 * Answers a statement that is kept, once, whoever asks and however many at once: what there is a right for is withdrawn from,
 * what says again what was said is told so, and all of it is acknowledged by mail (angrerettloven §§ 20 and 20 a). Undefined
 * when there is no such statement.
 */
export const answerStatement = (deps: Deps, id: string): Promise<Answered | undefined> =>
  transact(deps, async (trx) => {
    const statement = await lockStatement(trx, id)
    if (statement === undefined || statement.answer.status !== 'pending') return statement && { statement }
    const now = deps.clock.now()
    const order = await orderMeant(trx, statement)
    if (order === undefined && isFresh(statement, now)) {
      await postpone(trx, id, now.add(LOOK_AGAIN_AFTER).toString())
      return { statement }
    }
    const answeredAt = now.toString()
    const { stored, ...found } = await answerOf(trx, deps, { statement, order, at: answeredAt })
    const { clarified, lines } = statement.answer
    const answer: Answer = { ...found, answeredAt, ...(clarified && { clarified }), ...(lines && { lines }) }
    const answered = { ...statement, answer: { ...answer, ...(order && { orderId: order.facts.orderId }) } }
    await saveAnswer(trx, id, answered.answer)
    // A withdrawal has an event that tells of it.
    if (order && answer.status !== 'withdrawn') await tellWriting(trx, order.facts.orderId, now)
    await acknowledge(trx, deps, answered, order)
    return { statement: answered, stored }
  })

const orderMeant = (trx: Transaction<Database>, { answer, personal }: StoredStatement) => {
  const { orderNumber: number, email, recordedBy } = personal
  if (answer.orderId) return lockOrder(trx, answer.orderId)
  if (number === undefined) return undefined
  // Of others than staff the address has to be the order's: a number alone is no secret.
  if (recordedBy) return lockOrderByNumber(trx, { number })
  return email === undefined ? undefined : lockOrderByNumber(trx, { number, email })
}

const isFresh = ({ recordedAt }: StoredStatement, now: Temporal.Instant) =>
  Temporal.Instant.compare(now, Temporal.Instant.from(recordedAt).add(LOOKED_FOR)) < 0

type Asked = { statement: StoredStatement; order: PlacedOrder | undefined; at: string }

async function answerOf(
  trx: Transaction<Database>,
  deps: Deps,
  { statement, order, at }: Asked,
): Promise<Pick<Answer, 'status' | 'returnId' | 'refusal'> & { stored?: StoredReturn }> {
  if (order === undefined || (statement.said.partInWords && statement.answer.lines === undefined))
    return { status: 'unclear' }
  const { facts } = order
  const before = await statementsOf(trx, facts.orderId)
  const same = before.find((each) => each.answer.status === 'withdrawn' && saysTheSame(each, statement))
  if (same) return known((await returnsOf(trx, facts.orderId)).find(({ id }) => id === same.answer.returnId)!)

  const { id: statementId, receivedAt, sentAt: noticeSentAt, channel, personal } = statement
  const data = {
    ...{ returnId: uuidv7(), at, facts, statementId, receivedAt, noticeSentAt, channel },
    ...{ lines: linesOfStatement(statement), statement: personal.words },
  }
  const { stored, refusal } = await handle(trx, { type: 'DeclareWithdrawal', data }, deps)
  if (refusal === undefined) return { status: 'withdrawn', returnId: stored!.id, stored }
  const earlier = isOnItsWayBack(refusal) && (await returnOfSome(trx, facts.orderId, statement))
  return earlier ? known(earlier) : { status: 'refused', refusal }
}

const known = (stored: StoredReturn) => ({ status: 'already-withdrawn' as const, returnId: stored.id, stored })

/** Nothing else stands against it than that all of it goes back already. */
const isOnItsWayBack = ({ reasons = [] }: Refusal) =>
  reasons.length > 0 && reasons.every(({ code }) => code === 'all-returned')

/** The latest return of an order that has some of the units, or any units when everything is meant. */
async function returnOfSome(trx: Transaction<Database>, orderId: string, statement: StoredStatement) {
  const wanted = linesOfStatement(statement)
  return (await returnsOf(trx, orderId)).findLast(({ state: { declared, closed } }) =>
    closed && closed.outcome !== 'refunded'
      ? false
      : declared.lines.some(({ lineId }) => wanted === undefined || wanted.some((part) => part.lineId === lineId)),
  )
}

/** The receipt of a withdrawal is a mail about the return. Whatever else a statement comes to is told by a mail about itself. */
async function acknowledge(
  trx: Transaction<Database>,
  { jobs }: Pick<Deps, 'jobs'>,
  { id: aboutId, answer, personal }: StoredStatement,
  order: PlacedOrder | undefined,
) {
  const { status, answeredAt: at } = answer
  if (status === 'withdrawn') return
  const known = order?.personal.email
  const recipient = known === undefined || known === ERASED ? personal.email : known
  if (recipient === undefined) return
  if (order === undefined) {
    const since = Temporal.Instant.from(at!).subtract('PT1H').toString()
    if ((await statementsNaming(trx, recipient, since)) > UNCLEAR_MAILS_AN_HOUR) return
  }
  await queueMail(trx, jobs, { aboutId, recipient, at: at!, kind: `statement-${status}` as StatementMail })
}
