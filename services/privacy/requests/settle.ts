import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Deps } from '../deps.ts'
import { answerErased } from './erased-meanwhile.ts'
import { mailExportLink } from './mails/export-link.ts'
import { writeMail } from './mails/write.ts'
import { carryOut } from './receive.ts'
import { erasuresToFinish, exportsToTell, lockRequest, nothingAsked, setRequest } from './store.ts'

const REQUESTS_AT_ONCE = 200
const aboutRequest = ({ id }: { id: string }) => ({ request: id })

/**
 * Goes on with requests for erasure: answered once all that goes has gone, and looked at again each day while something is kept, so that
 * it goes when what kept it is over. Who asked to see what was erased meanwhile is answered then.
 */
export async function settleRequests(deps: Deps) {
  const at = deps.clock.now()
  const today = osloDay(at).toString()
  for (;;) {
    const some = await erasuresToFinish(deps.db, today, REQUESTS_AT_ONCE)
    const how = { log: deps.log, complaint: 'a request for erasure waits', about: aboutRequest }
    const settled = await oneByOne(some, how, ({ id }) => settle(deps, id, at))
    if (some.length < REQUESTS_AT_ONCE || settled === 0) break
  }
  await answerErased(deps, at)
}

/** One request in a transaction of its own: erased anew what may go by now, and answered if nothing is asked for any more. */
export const settle = (deps: Deps, id: string, at: Temporal.Instant) =>
  transact(deps, async (trx) => {
    const row = (await lockRequest(trx, id))!
    await carryOut(trx, row, at)
    const now = (await lockRequest(trx, id))!
    const { status, due_on: dueOn, state, personal } = now
    if (status !== 'open' || !(await nothingAsked(trx, now.controller as PolicyId, now.subjects))) return
    await setRequest(trx, id, { status: 'answered', dueOn, answeredAt: at.toString(), state, personal })
    await writeMail(trx, deps, (await lockRequest(trx, id))!, 'answered')
  })

/** Mails the link of each export that is ready, to whom it is answered at. */
export async function tellExports(deps: Deps) {
  const how = { log: deps.log, complaint: 'the link of an export could not be mailed', about: aboutRequest }
  await oneByOne(await exportsToTell(deps.db, REQUESTS_AT_ONCE), how, ({ id, until }) => {
    const ends = Temporal.Instant.from(until)
    return transact(deps, async (trx) => mailExportLink(trx, deps, (await lockRequest(trx, id))!, { ends }))
  })
}
