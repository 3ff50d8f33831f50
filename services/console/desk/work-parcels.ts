import type { View } from '../pages/view.ts'
import { claimHeads, claimRow, toldHeads, toldRow } from './damage.ts'
import { failedHeads, failedRow } from './failed.ts'
import { damageWords, parcelWords } from './words.ts'
import { type List, listOf } from './work-list.ts'
import type { WorkSeen } from './work-reading.ts'

/** Parcels that do not arrive, what carriers are to be told of, and what they are to answer or to pay, each by its day. */
export function parcelLists(view: View, { failed, claims, told }: WorkSeen): List[] {
  const say = damageWords(view.language)
  const isLate = (day: string | undefined) => day !== undefined && day < view.today
  return [
    listOf(view, {
      ...{
        href: '/desk/failed',
        id: 'failed',
        title: parcelWords(view.language)('failed'),
        page: failed,
        heads: failedHeads(view),
      },
      row: (shipment) => failedRow(view, shipment),
      late: (shipment) => isLate(shipment.failed?.dueOn),
    }),
    listOf(view, {
      ...{ href: '/desk/claims', id: 'claims', title: say('claims'), page: claims, heads: claimHeads(view) },
      row: (report) => claimRow(view, report),
      late: ({ claimDueOn }) => isLate(claimDueOn),
    }),
    listOf(view, {
      ...{ href: '/desk/claims/told', id: 'told', title: say('told'), page: told, heads: toldHeads(view) },
      row: (report) => toldRow(view, report),
      late: ({ answerDueOn }) => isLate(answerDueOn),
    }),
  ]
}
