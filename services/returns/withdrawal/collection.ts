import type { CollectionOffered } from '@vilkar/contracts/returns-goods-back.ts'
import { accept, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { CommandData } from './commands.ts'
import { notThere } from './proof-of-sending.ts'
import { awaitsUnits, comingBack, type DeclaredReturn } from './state.ts'

/**
 * The seller offers to collect the goods: the customer need not send them and bears no cost of their way, the refund waits for neither
 * goods nor proof, and what is not collected within three months of the notice is the customer's (angrerettloven §§ 24 and 25). The
 * day can be set and moved until the goods are here.
 */
export function offerCollection(
  { returnId, at, facts, offeredBy, collectOn }: CommandData<'OfferCollection'>,
  state: DeclaredReturn,
): Decision<CollectionOffered> {
  const { declared, collection } = state
  if (awaitsUnits(state))
    return refuse({ code: 'units-not-known', detail: 'Shipping has not said yet which of these units had left.' })
  const nothing = whyNothing(state) ?? notThere(state, at, facts, 'handed-over')?.detail
  if (nothing) return refuse({ code: 'nothing-to-collect', detail: nothing })
  if (collection && (collectOn === undefined || collectOn === collection.collectOn)) return accept()
  const { lastDay, reasons } = termsOf(declared.terms.edition).collection({
    noticeAt: Temporal.Instant.from(declared.declaredAt),
  })
  const today = osloDay(Temporal.Instant.from(at)).toString()
  if (collectOn && (collectOn < today || collectOn > lastDay.toString()))
    return refuse({
      code: 'collection-day-refused',
      detail: `Goods are collected from ${today} to ${lastDay}: after that they are the customer’s.`,
      reasons,
    })
  return accept<CollectionOffered>({
    type: 'CollectionOffered',
    data: {
      ...{ returnId, orderId: declared.orderId, offeredAt: collection?.offeredAt ?? at },
      ...(collectOn && { collectOn }),
      ...{ lastDay: lastDay.toString(), reasons, personal: { offeredBy } },
    },
  })
}

/** Why these goods are nowhere to be collected from. */
function whyNothing(state: DeclaredReturn): string | undefined {
  if (!comingBack(state).some(({ quantity }) => quantity > 0)) return 'Nothing of this return had left the seller.'
  if (state.receivedAt) return 'The goods are back.'
  if (state.collection) return undefined
  if (state.sentAt) return 'The customer has sent the goods: reject the proof first if that is wrong.'
  return state.closed || state.refund ? 'The return is paid back or over.' : undefined
}
