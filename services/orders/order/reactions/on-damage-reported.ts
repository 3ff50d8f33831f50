import type { DamageReported } from '@vilkar/contracts/shipping-damage.ts'
import { queueMail } from '@vilkar/mail/outgoing.ts'
import type { Deps, Trx } from '../../deps.ts'
import { readOrder } from '../handle.ts'
import { damageNotedOf } from '../mails/damage-noted.ts'

/** Whoever says that a parcel never came, or that goods were damaged in it, has by mail what was written down and what happens now. */
export async function onDamageReported(trx: Trx, { jobs, clock }: Deps, data: DamageReported['data']) {
  if (data.reportedBy !== 'customer') return
  const { personal } = await readOrder(trx, data.orderId)
  const at = clock.now().toString()
  const mail = { aboutId: data.orderId, kind: 'damage-noted', recipient: personal.email, at }
  await queueMail(trx, jobs, { ...mail, detail: damageNotedOf(data) })
}
