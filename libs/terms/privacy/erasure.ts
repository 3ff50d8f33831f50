import { isAfter } from '../calendar.ts'
import type { Reason } from '../ruling/ruling.ts'
import { personvernforordningen as gdpr } from '../statute/personvernforordningen.ts'
import { ACCOUNTING } from './accounts.ts'
import { type Hold, type Matters, openMatters } from './holds.ts'
import { because, type Policy } from './policy.ts'
import { requestDue } from './requests.ts'
import { retention } from './retention.ts'

export type Erasure = Matters & {
  /** Without it nothing is taken to be past its time, and no day to answer is given. */
  receivedOn?: Temporal.PlainDate
  /** The days of the documents in the accounts that name the person. */
  documents?: readonly Temporal.PlainDate[]
  financialYearEnd?: Temporal.PlainMonthDay
}

/** What stays of a person’s data: until a day, or until the matters that hold it are closed. */
export type KeptBack =
  | { what: 'accounting'; through: Temporal.PlainDate; reasons: Reason[] }
  | { what: 'open-matters'; holds: Hold[]; reasons: Reason[] }

/** `restricted` data are only stored: no marketing, no analysis, and access for accounts and claims alone. */
export type ErasureAnswer = {
  erase: string[]
  keep: KeptBack[]
  restricted: boolean
  /** Whatever is kept is explained: what, why and until when. */
  explain: boolean
  answerOn?: Temporal.PlainDate
  reasons: Reason[]
}

/**
 * What a request for erasure takes and what it leaves. Everything that no living ground keeps goes, and goes again when the
 * ground ends. Source: GDPR Art. 17(1), 17(3)(b) and (e), 18(2), 12(3)–(4); for accounts the law at the seat of the controller, as
 * bokføringsloven § 13.
 */
export function erasure(policy: Policy, facts: Erasure): ErasureAnswer {
  const { takes, cites } = policy.erasure
  const open = openMatters(facts)
  const keep: KeptBack[] = accountsOf(policy, facts)
  if (open.length > 0)
    keep.push({
      what: 'open-matters',
      holds: open.map(({ hold }) => hold),
      reasons: open.map(({ reason }) => reason),
    })
  const due = facts.receivedOn && requestDue(policy, { receivedOn: facts.receivedOn })
  return {
    erase: takes.flatMap(({ data, neededWhileOpen }) => (neededWhileOpen && open.length > 0 ? [] : [data])),
    keep,
    restricted: keep.length > 0,
    explain: keep.length > 0,
    answerOn: due?.dueOn,
    reasons: [
      because('erased-on-request', ...cites, gdpr('Art. 17(1)')),
      ...keep.flatMap(({ reasons }) => reasons),
      ...(keep.length > 0 ? [why.restricted, why.explained] : []),
    ],
  }
}

const why = {
  restricted: because('kept-data-are-restricted', gdpr('Art. 18(2)')),
  explained: because('keeping-is-explained', gdpr('Art. 12(4)')),
}

/** What is past its time when the request comes has gone already. */
function accountsOf(policy: Policy, { documents = [], financialYearEnd, receivedOn }: Erasure): KeptBack[] {
  const kept = new Map<string, KeptBack>()
  for (const document of documents.toSorted(Temporal.PlainDate.compare)) {
    const { keptThrough: through, duties } = retention(policy, {
      category: ACCOUNTING,
      on: { document },
      financialYearEnd,
    })
    const [law] = duties.flatMap(({ reasons }) => reasons.flatMap(({ cites }) => cites))
    if (through === undefined || law === undefined || (receivedOn && isAfter(receivedOn, through))) continue
    const reasons = [because('accounts-are-kept', law, gdpr('Art. 17(3)(b)'))]
    kept.set(through.toString(), { what: 'accounting', through, reasons })
  }
  return [...kept.values()]
}

/** What a customer picks for their data when they delete their account; choosing to delete is a request for erasure. */
export function accountDeletion(
  policy: Policy,
  { deletedOn, choice }: { deletedOn: Temporal.PlainDate; choice: 'delete' | 'keep' },
): { erasureRequested: boolean; dueOn?: Temporal.PlainDate; reasons: Reason[] } {
  if (choice === 'keep')
    return {
      erasureRequested: false,
      reasons: [because('kept-for-the-period', ...policy.erasure.cites, gdpr('Art. 5(1)(e)'))],
    }
  const { dueOn, reasons } = requestDue(policy, { receivedOn: deletedOn })
  const reason = because('deletion-is-an-erasure-request', ...policy.erasure.cites, gdpr('Art. 17(1)'))
  return { erasureRequested: true, dueOn, reasons: [reason, ...reasons] }
}
