import { isDeepStrictEqual } from 'node:util'
import type { ErasureDue } from '@vilkar/contracts/privacy.ts'
import { accept, type Decider, refuse } from '@vilkar/decider/decider.ts'
import type { Erasure, ErasureCommand } from './state.ts'

/**
 * How long a holder has to answer: erasure is without undue delay, and whoever asked for it hears of it within a month, of which
 * three weeks are left to ask again. Source: GDPR Art. 17(1), 12(3).
 */
export const ANSWER_WITHIN = { hours: 7 * 24 }

/** An erasure is asked for once under its id; said again, word for word, nothing happens. */
export const decider: Decider<Erasure, ErasureCommand, ErasureDue> = {
  initial: { status: 'new' },

  decide({ data: { at, by: _by, why: _why, ...asked } }, state) {
    if (state.status === 'new') {
      const answerBy = Temporal.Instant.from(at).add(ANSWER_WITHIN).toString()
      return accept({ type: 'ErasureDue', data: { ...asked, answerBy } })
    }
    const of = ({ controller, cause, orderIds, keeps }: Omit<typeof asked, 'erasureId' | 'reasons'>) => {
      return { controller, cause, keeps: keeps.toSorted(), orderIds: orderIds.toSorted() }
    }
    if (isDeepStrictEqual(of(asked), of(state))) return accept()
    return refuse({ code: 'erasure-differs', detail: 'Another erasure was asked for under this id.' })
  },

  evolve(_state, { data: { erasureId: _, ...asked } }) {
    const askedAt = Temporal.Instant.from(asked.answerBy).subtract(ANSWER_WITHIN).toString()
    return { status: 'asked', askedAt, ...asked }
  },
}
