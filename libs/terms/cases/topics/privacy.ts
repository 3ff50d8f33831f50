import { accountDeletion, type ErasureAnswer, erasure } from '../../privacy/erasure.ts'
import type { Hold } from '../../privacy/holds.ts'
import { cookie, electronicMarketing } from '../../privacy/marketing.ts'
import { type Minor, minor } from '../../privacy/minors.ts'
import type { Duty, Event } from '../../privacy/policy.ts'
import { breach, freeAnswer, identityProof, type Request, refusalReply, requestDue } from '../../privacy/requests.ts'
import { type Retention, retention } from '../../privacy/retention.ts'
import { type Objection, objection, type Routing, routing, withdrawalOfConsent } from '../../privacy/rights.ts'
import { sharing } from '../../privacy/sharing.ts'
import type { PolicyId } from '../../sellers/privacy-policies/policies.ts'
import { policyOf } from '../../sellers/privacy-policies/policies.ts'
import { accountsKeptThrough } from '../../statute/bokforingsloven.ts'
import { ANSWER_MONTHS } from '../../statute/personvernforordningen.ts'
import { dayOf, instantOf, isoOf, type Moment, maybeInstantOf } from '../read.ts'
import type { Answer, Topic } from '../runner.ts'

/** How the cases name what starts a period, and the event of the house that it is. */
const EVENTS: Readonly<Record<string, Event>> = {
  docDate: 'document',
  deliveredAt: 'delivered',
  lastActivity: 'activity',
  lastActivityAt: 'activity',
  lastLogin: 'login',
  lastLoginAt: 'login',
  loginAt: 'login',
  loggedInAt: 'login',
  newLoginAt: 'login',
  login: 'login',
  lastOrderAt: 'lastOrder',
  orderAt: 'lastOrder',
  newOrderAt: 'newOrder',
  lastContactAt: 'lastContact',
  contactAt: 'lastContact',
  closedAt: 'caseClosed',
  endedAt: 'consentEnded',
  consentEndedAt: 'consentEnded',
  consentWithdrawnAt: 'consentEnded',
  unsubscribedAt: 'unsubscribed',
  accountDeletedAt: 'accountDeleted',
  orderedAt: 'ordered',
  savedAt: 'saved',
  uploadedAt: 'uploaded',
  transactionAt: 'transaction',
  purposeEndedAt: 'purposeEnded',
}

/** A case that names no policy is about the shop's own. */
const policyFor = (id: PolicyId = 'smartgroup') => policyOf(id)

/** Other names of the cases for a category of the policies. */
const CATEGORIES: Readonly<Record<string, string>> = {
  invoice: 'accounting',
  'credit-note': 'accounting',
  receipt: 'accounting',
  contract: 'agreement',
}

type RetentionCase = Record<string, unknown> & {
  policy?: PolicyId
  class?: string
  request?: string
  fyEnd?: string
  at?: Moment
  receivedAt?: Moment
  visitEndedAt?: Moment
  accountDeletedAt?: Moment
  choice?: 'delete' | 'keep'
  account?: boolean
  orderLinked?: boolean
  windowYears?: number
  obligedEntity?: boolean
  openCase?: boolean
  openComplaint?: boolean
  openOrder?: boolean
  legalHold?: boolean
  invoices?: Moment[]
}

const HOLDS: Readonly<Record<Hold, string>> = {
  'open-complaint': 'complaint',
  'open-order': 'order',
  'legal-hold': 'legal',
}

const eventsOf = (facts: RetentionCase) =>
  Object.fromEntries(
    Object.entries(EVENTS).flatMap(([key, event]) =>
      typeof facts[key] === 'string' ? [[event, dayOf(facts[key])]] : [],
    ),
  ) as Partial<Record<Event, Temporal.PlainDate>>

const mattersOf = ({ openCase, openComplaint, openOrder, legalHold }: RetentionCase) => ({
  openComplaint: openComplaint ?? openCase,
  openOrder,
  legalHold,
})

const yearEndOf = ({ fyEnd }: RetentionCase) => (fyEnd === undefined ? undefined : Temporal.PlainMonthDay.from(fyEnd))

function retentionAnswer(facts: RetentionCase): Answer {
  if (facts.request === 'erasure') return erasureAnswer(facts)
  const policy = policyFor(facts.policy)
  const { class: category = '', at, account, orderLinked, windowYears, obligedEntity } = facts
  const kept = retention(policy, {
    category: CATEGORIES[category] ?? category,
    on: eventsOf(facts),
    visitEndedAt: maybeInstantOf(facts.visitEndedAt),
    financialYearEnd: yearEndOf(facts),
    longLived: windowYears === undefined ? undefined : windowYears > 2,
    orderLinked,
    account,
    obligedByAntiLaundering: obligedEntity,
    askedOn: at === undefined ? undefined : dayOf(at),
    ...mattersOf(facts),
  })
  const accounts = accountsKeptThrough(facts.invoices?.map(dayOf) ?? [], yearEndOf(facts))
  const { choice, accountDeletedAt } = facts
  const deletion =
    choice && accountDeletedAt ? accountDeletion(policy, { deletedOn: dayOf(accountDeletedAt), choice }) : undefined
  return {
    ...periodIn(kept),
    ...dutiesIn(kept),
    keepAccountingThrough: isoOf(accounts.at(-1) ?? dutyOf(kept, 'bookkeeping')),
    treatAs: deletion?.erasureRequested ? 'erasure-request' : null,
    dueBy: isoOf(deletion?.dueOn),
  }
}

function periodIn(kept: Retention): Answer {
  const { manner, keptThrough, holds, erase } = kept
  return {
    keepThrough: isoOf(keptThrough),
    inactiveUntil: isoOf(keptThrough),
    eraseFrom: isoOf(kept.eraseFrom),
    erase: manner === 'without-undue-delay' ? manner : erase,
    eraseAccount: erase,
    hold: holds[0] === undefined ? null : HOLDS[holds[0]],
    earliestErase: isoOf(kept.earliestOn),
    defaultErase: isoOf(keptThrough),
    latestErase: isoOf(kept.latestOn),
    eraseBy: kept.eraseByAt?.toString() ?? isoOf(keptThrough),
    except: kept.otherLaw ? 'legal retention' : null,
    needsConfig: kept.missing ?? null,
    stopSending: manner === 'at-once' ? 'immediately' : null,
    eraseProfile: manner === 'at-once' && erase,
    keepSuppressionHash: kept.keepsSuppression,
    backup: kept.backups ?? null,
  }
}

const dutyOf = ({ duties }: Retention, duty: Duty) => duties.find((period) => period.duty === duty)?.keptThrough

function dutiesIn(kept: Retention): Answer {
  const [longest] = kept.duties
  const laundering = kept.duties.find(({ duty }) => duty === 'anti-laundering')
  return {
    amlKeepThrough: isoOf(laundering?.keptThrough),
    amlMustEraseAfter: laundering?.mustGo ?? false,
    accountingKeepThrough: isoOf(dutyOf(kept, 'bookkeeping')),
    keepAtLeastThrough: isoOf(longest?.keptThrough),
    reason:
      longest?.duty === 'complaints' ? 'complaint window outlasts accounting' : 'accounting covers complaint window',
  }
}

function erasureAnswer(facts: RetentionCase): Answer {
  const policy = policyFor(facts.policy)
  const receivedAt = facts.receivedAt ?? facts.at
  const answer = erasure(policy, {
    receivedOn: receivedAt === undefined ? undefined : dayOf(receivedAt),
    documents: facts.invoices?.map(dayOf),
    financialYearEnd: yearEndOf(facts),
    ...mattersOf(facts),
  })
  return {
    erase: answer.erase,
    keep: answer.keep.map((kept) => keptInWords(kept, policy.id)),
    restrict: answer.restricted ? ['kept data'] : [],
    explain: answer.explain,
    replyDays: LIMIT,
    dueBy: isoOf(answer.answerOn),
  }
}

function keptInWords(kept: ErasureAnswer['keep'][number], policy: string) {
  if (kept.what === 'accounting')
    return policy === 'smartgroup' ? `invoice through ${kept.through}` : `accounting until ${kept.through}`
  return kept.holds.includes('open-order')
    ? 'order data until delivered and windows closed'
    : 'order data until the case is closed'
}

/** Whatever a policy calls normal. */
const LIMIT = ANSWER_MONTHS === 1 ? 'one month' : `${ANSWER_MONTHS} months`

type MinorCase = {
  policy?: PolicyId
  birthDate?: string
  at?: Moment
  age?: number
  country?: string
  guardianConsent?: boolean
}

function minorAnswer({ policy, birthDate, at, age, country, guardianConsent }: MinorCase): Answer {
  const facts: Minor = {
    bornOn: birthDate === undefined ? undefined : dayOf(birthDate),
    on: at === undefined ? undefined : dayOf(at),
    age,
    country,
    guardianConsents: guardianConsent,
  }
  const { outcome, threshold, reachedOn, guardianNeeded, recordConsent } = minor(policyFor(policy), facts)
  return {
    allowed: outcome === 'granted',
    guardianConsentNeeded: guardianNeeded,
    consentRecord: recordConsent,
    [`turns${threshold}`]: isoOf(reachedOn),
  }
}

type RequestCase = {
  policy?: PolicyId
  receivedAt?: Moment
  extended?: boolean
  extensionNoticeAt?: Moment
  extensionReasons?: boolean
  reasonableDoubt?: boolean
  idRequested?: boolean
  idRequestedAtOnce?: boolean
  idReceivedAt?: Moment
  right?: 'object' | 'withdraw-consent'
  purpose?: Objection['purpose']
  repeat?: boolean
  refused?: boolean
  replied?: boolean
  repliedAt?: Moment
  foundAt?: Moment
  risk?: boolean
  highRisk?: boolean
  data?: string
}

const maybeDayOf = (moment: Moment | undefined) => (moment === undefined ? undefined : dayOf(moment))

function dueAnswer(facts: RequestCase): Answer {
  const { receivedAt, reasonableDoubt, extended } = facts
  if (receivedAt === undefined) return { dueBy: null }
  const asked: Request = {
    receivedOn: dayOf(receivedAt),
    extended,
    extensionToldOn: maybeDayOf(facts.extensionNoticeAt),
    extensionReasoned: facts.extensionReasons,
    identity:
      reasonableDoubt === undefined
        ? undefined
        : {
            doubted: reasonableDoubt,
            askedAtOnce: facts.idRequestedAtOnce,
            provenOn: maybeDayOf(facts.idReceivedAt),
          },
  }
  const { dueOn, extensionValid } = requestDue(facts.policy && policyOf(facts.policy), asked)
  return { dueBy: isoOf(dueOn), extensionValid: extensionValid ?? null }
}

function rulesAnswer(facts: RequestCase): Answer {
  const policy = facts.policy && policyOf(facts.policy)
  const { reasonableDoubt = false, refused, replied = false, repeat, data } = facts
  const proof = policy && identityProof(policy, { doubted: reasonableDoubt })
  const free = freeAnswer({ repeated: repeat ?? false })
  return {
    ...dueAnswer(facts),
    allowed: proof ? proof.outcome === 'granted' : null,
    flag: proof?.outcome === 'refused' && facts.idRequested ? proof.reasons[0]!.code : null,
    hardLimit: policy ? LIMIT : null,
    mayChargeOrRefuse: free.outcome === 'review' ? 'only if manifestly unfounded/excessive' : 'no',
    burden: free.burden,
    violation: refused ? refusalReply({ replied, repliedOn: maybeDayOf(facts.repliedAt) }).violation : false,
    ...rightAnswer(facts),
    ...breachAnswer(facts),
    ...(policy && data !== undefined ? routingAnswer(routing(policy, data), policy.controller.name) : {}),
  }
}

function rightAnswer({ right, purpose = 'legitimate-interest', policy: id }: RequestCase): Answer {
  const policy = id && policyOf(id)
  if (right === 'withdraw-consent') {
    const { outcome, effective, asEasyAsGiving } = withdrawalOfConsent(policy)
    return { grant: outcome === 'granted', effective, asEasyAsGiving }
  }
  if (right !== 'object') return {}
  const { outcome, balancing, effective } = objection({ policy, purpose })
  return { grant: outcome !== 'refused', balancing, effective }
}

function breachAnswer({ foundAt, risk, highRisk }: RequestCase): Answer {
  if (foundAt === undefined) return {}
  const told = breach({ foundAt: instantOf(foundAt), risk: highRisk ? 'high' : risk === false ? 'none' : 'risk' })
  return {
    authorityBy: told.authorityBy?.toString() ?? null,
    weekendExtension: told.extended,
    tellSubjects: told.tellPeople,
  }
}

const ROLES = { controller: 'controller', processor: 'processor', both: 'controller and processor' }
const DUTIES: Readonly<Partial<Record<Duty, string>>> = { bookkeeping: 'bookkeeping', 'anti-laundering': 'AML' }

function routingAnswer({ controller, processor, ownRole, erase, duties }: Routing, seller: string): Answer {
  const name = seller.replace(/ (AS|NV)$/, '')
  return {
    controller: controller === 'seller' ? name : controller,
    processor: processor ?? null,
    routeTo: `${controller === 'seller' ? name : controller} (controller)`,
    [`${name.toLowerCase()}Role`]: ROLES[ownRole],
    erase,
    reason: duties.length === 0 ? null : duties.map((duty) => DUTIES[duty]).join('/'),
  }
}

type MarketingCase = {
  policy?: PolicyId
  consent?: boolean
  existingCustomer?: boolean
  similarGoods?: boolean
  optOutOffered?: boolean
  optedOut?: boolean
}

const marketingAnswer = ({ policy, ...facts }: MarketingCase): Answer => ({
  allowed: electronicMarketing({ policy: policy && policyOf(policy), ...facts }).outcome === 'granted',
})

type CookieCase = { policy?: PolicyId; category: string; choice?: string | boolean | null }

const ACCEPTED: readonly unknown[] = [true, 'accept', 'accepted', 'accept-all', 'all', 'granted', 'yes']

const cookieAnswer = ({ policy, category, choice }: CookieCase): Answer => ({
  allowed:
    cookie({
      policy: policy && policyOf(policy),
      category,
      accepted: choice == null ? undefined : ACCEPTED.includes(choice) || choice === category,
    }).outcome === 'granted',
})

type SharingCase = { policy?: PolicyId; recipient: string; consent?: boolean; fields?: string[] }

/** How the cases word what is enough, where the house has a shorter word for it. */
const FIELDS: Readonly<Record<string, Record<string, string>>> = { carrier: { email: 'email for notice' } }

function sharingAnswer({ policy, recipient: named, consent, fields }: SharingCase): Answer {
  const { outcome, recipient, minimum } = sharing(policyFor(policy), { recipients: named.split('/'), consent, fields })
  return {
    allowed: outcome === 'granted',
    basis: recipient?.basis ?? null,
    minimum: minimum.map((field) => FIELDS[recipient?.kind ?? '']?.[field] ?? field),
  }
}

export const privacyTopics: Record<string, Topic> = {
  retention: retentionAnswer,
  minors: minorAnswer,
  'dsar-due': dueAnswer,
  'dsar-rules': rulesAnswer,
  marketing: marketingAnswer,
  cookies: cookieAnswer,
  'data-sharing': sharingAnswer,
}
