import { transact } from '@vilkar/server/transact.ts'
import type { Policy } from '@vilkar/terms/privacy/policy.ts'
import { policyEditions } from '@vilkar/terms/sellers/privacy-policies/editions.ts'
import { addressOfContact } from '../consent/brevo/address.ts'
import type { Deps } from '../deps.ts'
import { addressOf } from '../requests/mails/address.ts'
import { waitingOf } from '../requests/mails/queue.ts'
import { SHOP } from '../subjects/of-the-shop.ts'
import type { Editions } from './adopt.ts'
import { mailNotice } from './mails/policy-changed.ts'
import {
  claimTurn,
  languageOf,
  languageOfConsent,
  leaveToOthers,
  noteTold,
  ordersOf,
  postponeTurn,
  type Turn,
} from './notice-store.ts'

const MAX_PER_LOOK = 100
/** No more wait to be sent at once: answers to people, which have a day to keep, are not to stand behind a whole list of customers. */
const MOST_WAITING = 200

/**
 * One look: the shop's own customers are told of a changed policy, each once however many orders they have, at the address that orders
 * has, and who is known by a consent alone at the address that it is used with. Source: GDPR Art. 5(1)(a); the policies. Of whom nothing is
 * left nobody is told, and it is not tried again.
 */
export async function tellCustomers(deps: Deps, editions: Editions = policyEditions) {
  const room = MOST_WAITING - (await waitingOf(deps.db, 'policy-changed', MOST_WAITING))
  for (let count = 0; count < Math.min(room, MAX_PER_LOOK); count += 1) {
    const now = deps.clock.now().toString()
    const turn = await claimTurn(deps.db, now)
    if (turn === undefined) return
    // An edition that only a newer process knows is for that to tell of.
    const policy = editions(turn.controller).find(({ id }) => id === turn.edition)?.policy
    if (policy !== undefined) await tell(deps, { turn, policy, now })
  }
}

async function tell(deps: Deps, { turn, policy, now }: { turn: Turn; policy: Policy; now: string }) {
  for await (const { answer, from, language } of addressesFor(deps, turn)) {
    if ('silent' in answer) {
      deps.log.warn({ ...from, said: answer.silent }, 'who is to be told of a policy is not known: there was no answer')
      return void (await postponeTurn(deps.db, turn, now))
    }
    const { to } = answer
    if (to !== undefined)
      return mail(deps, { turn, policy, now, to, by: from.order ? SHOP : 'mail', language: await language() })
  }
  await leaveToOthers(deps.db, turn, now)
}

/** Where somebody may be found, one after the other: their orders, and what a newsletter is sent to. */
async function* addressesFor(deps: Deps, turn: Turn) {
  for (const order of await ordersOf(deps.db, turn))
    yield {
      ...{ answer: await addressOf(deps.holders, order), from: { order } as { order?: string } },
      language: () => languageOf(deps.db, order),
    }
  const answer = await addressOfContact(deps, turn.subject)
  yield { answer, from: {}, language: () => languageOfConsent(deps.db, turn.subject) }
}

/** Who is known by several things has a turn by each, and is told at the first. */
const mail = (
  deps: Deps,
  {
    turn,
    policy,
    now,
    to,
    by,
    language,
  }: { turn: Turn; policy: Policy; now: string; to: string; by: string; language: 'nb' | 'en' },
) =>
  transact(deps, async (trx) => {
    const { change_id: changeId, subject, ...change } = turn
    const told = await noteTold(trx, { changeId, subjects: [subject], by, at: now })
    if (told.length > 0)
      await mailNotice(trx, deps, { change: { ...change, id: changeId }, policy, told, to, language })
  })
