import { osloDay } from '@vilkar/terms/calendar.ts'
import { ACCOUNTING } from '@vilkar/terms/privacy/accounts.ts'
import { isPolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import type { Facts } from './facts.ts'
import { hold } from './hold.ts'
import { lockHolding, lockOrder, noteHeardAgain, noteHeardOfErased, setOrder } from './store.ts'
import type { Identifier } from './subject-key.ts'
import type { OrderHeld } from './tables.ts'

/** The system that the shop's own services are together: one order is one record of it, whatever each of them keeps. */
export const SHOP = 'shop'
/** What the shop keeps of the returns and complaints of its orders: a record is those of one order. */
export const SHOP_CASES = 'shop-cases'
/** Our own services tell and answer of these by their events, and nobody else may. */
export const isOfTheShop = (system: string) => system === SHOP || system === SHOP_CASES
/** As the policy calls them: their time begins when the last of them is over. */
const CASES = 'support'

/** So long somebody may ask what became of an order that was cancelled. */
const ASKED_ABOUT_FOR_DAYS = 30

export type Change = (facts: OrderHeld) => OrderHeld
export const dayOf = (moment: string) => osloDay(Temporal.Instant.from(moment)).toString()
const later = (a: string | undefined, b: string) => (a !== undefined && a > b ? a : b)

/** The day on which something happened, unless something of the kind happened later. */
export const on =
  (event: 'document' | 'delivered', moment: string): Change =>
  (facts) => ({ ...facts, on: { ...facts.on, [event]: later(facts.on?.[event], dayOf(moment)) } })

/** A case of the order is under way, or over. Each case tells its own in their order. */
export const caseOpened =
  (id: string): Change =>
  (facts) => ({ ...facts, cases: [...new Set([...(facts.cases ?? []), id])] })
export const caseOver =
  (id: string, overAt: string): Change =>
  (facts) => ({
    ...facts,
    cases: (facts.cases ?? []).filter((open) => open !== id),
    casesOverOn: later(facts.casesOverOn, dayOf(overAt)),
  })

/**
 * What is held of an order, as the policy asks of it. Without a sales document and without goods that were received, what an order
 * was for is over a month after it is cancelled: until then its customer may ask what became of it.
 */
export function factsOf({
  on = {},
  open = true,
  cancelledOn,
  cases = [],
  casesOverOn: _,
  language: __,
  ...facts
}: OrderHeld): Facts {
  const ended = cancelledOn !== undefined && on.document === undefined && on.delivered === undefined
  return {
    ...facts,
    on: {
      ...on,
      ...(ended && {
        purposeEnded: Temporal.PlainDate.from(cancelledOn).add({ days: ASKED_ABOUT_FOR_DAYS }).toString(),
      }),
    },
    ...(open && { openOrder: true }),
    ...(cases.length > 0 && { openComplaint: true }),
  }
}

/** Whose the order is, once that is told, whom it is about, and since when: that is often heard of later than it was. */
export type Whose = { controller?: string; identifiers: readonly Identifier[]; placedAt?: string }

/** Takes up what was heard of an order, in whatever order, and keeps what follows for how long it is held. */
export async function hearOfOrder(
  trx: Transaction<Database>,
  { clock, subjectKey }: Pick<Deps, 'clock' | 'subjectKey'>,
  { orderId, change = (facts) => facts, whose }: { orderId: string; change?: Change; whose?: Whose },
) {
  const before = await lockOrder(trx, orderId)
  const controller = whose?.controller ?? before.controller
  const told = controller === null ? [] : (whose?.identifiers ?? []).map((each) => subjectKey({ controller, ...each }))
  const subjects = [...new Set([...before.subjects, ...told])]
  const facts = change(before.facts)
  await setOrder(trx, orderId, { controller, subjects, facts })
  // A seller whose policy nobody made into rules: no rule says for how long its orders are held.
  if (controller === null || !isPolicyId(controller)) return
  const id = { controller, system: SHOP, record: orderId }
  const held = await lockHolding(trx, id)
  // Whatever happens of an order that was erased may name its person anew: it is erased again once nothing of it is under way.
  if (held !== undefined && (held.status !== 'held' || held.category === ACCOUNTING))
    await noteHeardAgain(trx, [orderId], clock.now().toString())
  if (held?.status === 'erased') return
  const category = held?.category === ACCOUNTING ? ACCOUNTING : 'order'
  const since = whose?.placedAt === undefined ? {} : { heldSince: Temporal.Instant.from(whose.placedAt) }
  await hold(trx, { ...id, category, facts: factsOf(facts), subjects, ...since }, clock.now())
  if (facts.casesOverOn !== undefined && Object.hasOwn(policyOf(controller).retention, CASES))
    await hold(trx, { ...id, system: SHOP_CASES, category: CASES, facts: casesOf(facts), subjects }, clock.now())
}

/**
 * Something was written down of an order that may say something of a person and bears on nothing else: one that was erased is erased again
 * (GDPR Art. 17(1)). Of any other nothing is written, and nothing is held of an order that nobody told of.
 */
export const hearOfWriting = (
  trx: Transaction<Database>,
  { clock }: Pick<Deps, 'clock'>,
  { orderId }: { orderId: string },
) => noteHeardOfErased(trx, SHOP, orderId, clock.now().toString())

const casesOf = ({ cases = [], casesOverOn }: OrderHeld): Facts => ({
  ...(casesOverOn !== undefined && { on: { caseClosed: casesOverOn } }),
  orderLinked: true,
  ...(cases.length > 0 && { openComplaint: true }),
})
