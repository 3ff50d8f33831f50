import type { Json } from '@vilkar/server/postgres.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { Generated } from 'kysely'
import type { QueuedMail } from './mails/kinds.ts'

export const requestKinds = [
  ...(['access', 'rectify', 'erase', 'restrict', 'object', 'portability', 'withdraw-consent', 'human-review'] as const),
] as const
export type RequestKind = (typeof requestKinds)[number]
export const channels = ['signed-in', 'link', 'form', 'email', 'letter', 'phone'] as const
export type Channel = (typeof channels)[number]
export type RequestStatus = 'open' | 'waiting-for-identity' | 'to-pass-on' | 'answered' | 'refused' | 'passed-on'

/** What was asked, and what came of it; no more than that of the person. */
export type RequestState = {
  /** What the data are used for, where the request is about one purpose. */
  purpose?: string
  /** The order whose decision a person is to look at, or whose data are to be mended. */
  orderId?: string
  doubted?: { on: string; atOnce: boolean }
  provenOn?: string
  extension?: { toldOn: string }
  /** What stays although erasure was asked for, and why. */
  kept?: {
    system: string
    record: string
    until?: string
    holds: string[]
    reasons: Reason[]
    /** The seller only keeps it for an organisation, on whose word alone it goes. */
    decidedBy?: 'organisation'
  }[]
  /** When it was carried out first: what comes to be held after that is not asked about. */
  carriedOutAt?: string
  /** Looked at again on that day: what kept something may be over. */
  lookedOn?: string
  /** Of who asked to see data: the day on which they were erased before they were shown, or some of them. */
  erasedOn?: string
  /** Whom it was passed on to: `sent` once their mail server took it, `refused` where it never will. */
  passedOn?: { organisation: string; status: 'waiting' | 'sent' | 'refused' }[]
  /** Of what the person is told; Norwegian unless they said otherwise. */
  language?: 'nb' | 'en'
  reasons: Reason[]
}

/** The person's own words, and what staff wrote; gone a year after the answer. */
export type RequestPersonal = {
  words?: string
  replyTo?: string
  recordedBy?: string
  doubt?: string
  proof?: string
  extension?: string
  answer?: string
  answeredBy?: string
}

/** Requests and the mails about them, as types. */
export type RequestTables = {
  request_mail: {
    id: string
    about: string
    request_id: string | null
    kind: QueuedMail
    sealed: string | null
    due_at: string | null
    until: string
    sent_at: string | null
    tries: Generated<number>
    failing_since: Generated<string | null>
  }
  request: {
    id: string
    controller: string
    kind: RequestKind
    channel: Channel
    subjects: string[]
    status: RequestStatus
    received_on: string
    recorded_at: string
    /** Null while proof of identity is waited for. */
    due_on: string | null
    answered_at: string | null
    state: Json<RequestState>
    personal: Json<RequestPersonal>
  }
}
