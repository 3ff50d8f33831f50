import type {
  ReturnLabelIssued,
  ReturnParcelArrived,
  ReturnParcelScanned,
  ReturnUnitsReceived,
} from '@vilkar/contracts/shipping-returns.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { lockOrder } from '../../order-facts/store.ts'
import { hearParcel } from '../hear-parcel.ts'
import { reasonsOfWay } from '../label.ts'
import { labelAddress } from '../label-link.ts'
import { setIssued } from '../label-store.ts'
import type { LabelTold } from '../mails/return-label.ts'
import { receiveGoods } from '../receive.ts'
import { noteParcel, noteReceipt } from '../store.ts'

type Trx = Transaction<Database>

/** A carrier takes the goods: the customer gets the label, once. */
export async function onReturnLabelIssued(trx: Trx, deps: Deps, told: ReturnLabelIssued['data']) {
  const { returnId: caseId, orderId, carrier, trackingNumber, code, validUntil } = told
  const order = await lockOrder(trx, orderId)
  if (!(await setIssued(trx, told)) || order === undefined) return
  const url = await labelAddress(deps, { caseId, validUntil })
  const reasons = await reasonsOfWay(trx, caseId)
  const detail = { carrier, trackingNumber, code, validUntil, url, reasons } satisfies LabelTold
  const at = deps.clock.now().toString()
  const recipient = order.personal.email
  await queueMail(trx, deps.jobs, { aboutId: caseId, kind: 'return-label', recipient, at, detail })
}

export async function onReturnParcelScanned(trx: Trx, deps: Deps, told: ReturnParcelScanned['data']) {
  await noteParcel(trx, told, { scannedAt: told.scannedAt }, deps.clock.now().toString())
  await hearParcel(trx, deps, told.parcelId)
}

export async function onReturnParcelArrived(trx: Trx, deps: Deps, told: ReturnParcelArrived['data']) {
  await noteParcel(trx, told, { arrivedAt: told.arrivedAt }, deps.clock.now().toString())
  await hearParcel(trx, deps, told.parcelId)
}

export async function onReturnUnitsReceived(trx: Trx, deps: Deps, told: ReturnUnitsReceived['data']) {
  await noteReceipt(trx, told, deps.clock.now().toString())
  await receiveGoods(trx, deps, told.returnId)
}
