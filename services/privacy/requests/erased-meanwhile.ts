import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { because } from '@vilkar/terms/privacy/policy.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { personvernforordningen as gdpr } from '@vilkar/terms/statute/personvernforordningen.ts'
import type { Deps } from '../deps.ts'
import { beginAnew } from '../exports/begin.ts'
import { holdingsOf } from '../subjects/store.ts'
import { writeMail } from './mails/write.ts'
import { erasedMeanwhile, lockRequest, nothingAsked, setRequest } from './store.ts'

const REQUESTS_AT_ONCE = 200

const whyErased = because('erased-before-it-was-shown', gdpr('Art. 15(1)'), gdpr('Art. 17(1)'))

/**
 * Answers who asked to see their data or to take them along, and was erased before they had them: with what is held still, once the
 * erasures that are asked for have their answers, or that nothing is. Of whom there is no address a person answers.
 * Source: GDPR Art. 12(3), 15(1), 20(1).
 */
export async function answerErased(deps: Deps, at: Temporal.Instant) {
  for (const { id, erased_at: erasedAt } of await erasedMeanwhile(deps.db, REQUESTS_AT_ONCE))
    await transact(deps, async (trx) => {
      const row = (await lockRequest(trx, id))!
      const { subjects: keys, state, due_on: dueOn, personal } = row
      const controller = row.controller as PolicyId
      if (row.status !== 'open' || !(await nothingAsked(trx, controller, keys))) return
      const erasedOn = osloDay(Temporal.Instant.from(erasedAt ?? at.toString())).toString()
      const reasons = [...state.reasons.filter(({ code }) => code !== whyErased.code), whyErased]
      const left = await holdingsOf(trx, controller, keys)
      const isOver = left.length === 0
      await setRequest(trx, id, {
        ...{ status: isOver ? 'answered' : 'open', answeredAt: isOver ? at.toString() : null },
        ...{ dueOn, state: { ...state, erasedOn, reasons }, personal },
      })
      if (isOver) return void (await writeMail(trx, deps, (await lockRequest(trx, id))!, 'answered'))
      const kind = row.kind === 'access' ? 'access' : 'portability'
      await beginAnew(trx, { id, controller, kind, keys, language: state.language ?? 'nb' }, at)
    })
}
