import type { PolicyChanged } from '@vilkar/contracts/privacy.ts'
import { insertOutbox } from '@vilkar/messaging/outbox/outbox.ts'
import { oneByOne } from '@vilkar/server/one-by-one.ts'
import { transact } from '@vilkar/server/transact.ts'
import { type PolicyEdition, policyEditions } from '@vilkar/terms/sellers/privacy-policies/editions.ts'
import { type PolicyId, policyIds } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { lookAtContactsOf } from '../consent/brevo/store.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { compare } from './compare.ts'
import { mailNotices } from './mails/policy-changed.ts'
import { noticeAll } from './notice-store.ts'
import { insertChange, noteEdition, readLatest } from './store.ts'

/** The editions of a controller's policy, the one in force last. */
export type Editions = (controller: PolicyId) => readonly PolicyEdition[]

/** Notes which editions are in force. One after another is a change, of which all are told who something is held of, once. */
export async function lookForEditions(deps: Deps, editions: Editions = policyEditions) {
  const complaint = 'it could not be looked whether a policy of a controller has changed'
  const how = { log: deps.log, complaint, about: (controller: string) => ({ controller }) }
  await oneByOne(policyIds, how, (controller) =>
    transact(deps, (trx) => adopt(trx, deps, controller, editions(controller))),
  )
}

/** What is kept of a change: the row is as it was told. */
const rowAfter = {
  PolicyChanged: ({
    changeId,
    adoptedAt,
    consentsToRenew,
    before,
    controller,
    edition,
    sections,
  }: PolicyChanged['data']) => ({
    ...{ id: changeId, controller: controller as PolicyId, before, edition, adopted_at: adoptedAt, sections },
    renewed: consentsToRenew,
  }),
}

async function adopt(
  trx: Transaction<Database>,
  deps: Deps,
  controller: PolicyId,
  known: readonly PolicyEdition[],
): Promise<void> {
  const { id: edition, sha256, policy } = known.at(-1)!
  const at = deps.clock.now()
  const latest = await readLatest(trx, controller)
  const isNew = await noteEdition(trx, { controller, edition, sha256, adopted_at: at.toString() })
  // The first that is found is in the place of none that anybody was told of; one that was in force before is not new.
  if (!isNew || latest === undefined) return
  const before = known.find(({ id }) => id === latest)?.policy
  const { sections, renewed, reasons } = compare(before, policy)
  if (sections.length === 0 && renewed.length === 0) return
  const id = uuidv7()
  const told = { changeId: id, controller, edition, before: latest, adoptedAt: at.toString(), sections }
  const data = { ...told, consentsToRenew: renewed, reasons }
  const change = rowAfter.PolicyChanged(data)
  await insertChange(trx, change)
  await noticeAll(trx, id, controller, at.toString())
  if (renewed.length > 0) await lookAtContactsOf(trx, controller, at.toString())
  await mailNotices(trx, deps, change, policy)
  const fact: PolicyChanged = { type: 'PolicyChanged', data }
  await insertOutbox(trx, 'privacy', [{ aggregateId: id, version: 1, fact, at }])
}
