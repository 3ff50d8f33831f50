import type { Attachment } from '@vilkar/mail/mail.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf, sellers } from '@vilkar/terms/editions/registry.ts'
import type { Seller } from '@vilkar/terms/sellers/seller.ts'
import type { Deps } from '../../deps.ts'
import { orderPageOf } from '../../order-facts/order-link.ts'
import type { PlacedOrder } from '../../order-facts/projection.ts'
import { readOrder } from '../../order-facts/store.ts'
import { composeReturnMail, type Mailed, readMailed } from '../../withdrawal/mails/compose.ts'
import type { ReturnMail } from '../../withdrawal/mails/kinds.ts'
import { readReturn, type StoredReturn } from '../../withdrawal/store.ts'
import { receiptAddress } from '../receipt-address.ts'
import { receiptPdf } from '../receipt-pdf.ts'
import type { StoredStatement } from '../statement.ts'
import { readStatement } from '../store.ts'
import { alreadyWithdrawn } from './already-withdrawn.ts'
import type { StatementMail } from './kinds.ts'
import { statementRefused } from './refused.ts'
import { statementUnclear } from './unclear.ts'

type Reading = Pick<Deps, 'db' | 'pool' | 'links' | 'settings' | 'clock'>
type Receipt = { statement?: StoredStatement; receipt?: Attachment; seller: Seller }
type AboutReturn = Mailed & Receipt
type AboutStatement = Receipt & {
  statement: StoredStatement
  stored?: StoredReturn
  order?: PlacedOrder
  page?: string
}
/** What a mail of this service is about: a return, or a statement that was none by itself. */
export type About = ({ kind: 'return' } & AboutReturn) | ({ kind: 'statement' } & AboutStatement)

/** Reads what a mail is about, with the receipt of the statement that it came of. */
export async function readAbout(deps: Reading, aboutId: string): Promise<About> {
  const mailed = await readMailed(deps, aboutId)
  const statementId = mailed?.stored.state.declared.statementId
  const statement = await readStatement(deps.db, mailed ? (statementId ?? aboutId) : aboutId)
  const { orderId, returnId } = statement?.answer ?? {}
  const order = mailed?.order ?? (orderId ? await readOrder(deps.pool, orderId) : undefined)
  const seller = order ? sellerOf(order.facts.terms.edition) : sellers()[0]!
  const receipt = statement && order && (await receiptOf(deps, statement, order, seller))
  const page = order && (await orderPageOf(deps, order))
  const common = { seller, ...(receipt && { receipt }), ...(page && { page }) }
  if (mailed) return { kind: 'return', ...mailed, ...common, ...(statement && { statement }) }
  const stored = returnId ? await readReturn(deps.db, returnId) : undefined
  return { kind: 'statement', statement: statement!, ...common, ...(order && { order }), ...(stored && { stored }) }
}

const receiptOf = async (deps: Reading, statement: StoredStatement, order: PlacedOrder, seller: Seller) =>
  receiptPdf(statement, { order, seller, check: await receiptAddress(deps, statement) })

/** The words of a mail, and the receipt where it is the acknowledgement of a statement. */
export function composeMail(kind: string, about: About, detail?: object): Composed {
  const { receipt } = about
  const acknowledges = about.kind === 'statement' || kind === 'withdrawal-receipt'
  return { ...wordsOf(kind, about, detail), ...(acknowledges && receipt && { attachments: [receipt] }) }
}

function wordsOf(kind: string, about: About, detail: object | undefined): Composed {
  if (about.kind === 'return') return composeReturnMail(about, kind as ReturnMail, detail)
  const { statement, order, stored, page, seller } = about
  switch (kind as StatementMail) {
    case 'statement-refused':
      return statementRefused(statement, order!, page)
    case 'statement-already-withdrawn':
      return alreadyWithdrawn(statement, order!, stored!, page)
    case 'statement-unclear':
      return statementUnclear(statement, order, seller)
  }
}
