import type { AlarmTables } from '@vilkar/alarms/tables.ts'
import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { PayoutKind } from '@vilkar/contracts/payout-parts.ts'
import type { NoticeChannel } from '@vilkar/contracts/returns-notice.ts'
import type { CommandHandlerTables } from '@vilkar/decider/command-handler.ts'
import type { Refusal } from '@vilkar/decider/decider.ts'
import type { MailTables } from '@vilkar/mail/outgoing.ts'
import type { PhotoTables } from '@vilkar/photos/tables.ts'
import type { Json } from '@vilkar/server/postgres.ts'
import type { WebhookTables } from '@vilkar/webhooks/tables.ts'
import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { RecordedAgreement } from './agreement/state.ts'
import type { OpenComplaint } from './complaint/state.ts'
import type { AgreedExchange } from './exchange/state.ts'
import type { GoodsBackTables } from './goods-back/tables.ts'
import type { DecidedLoss } from './loss/state.ts'
import type { OrderSoFar } from './order-facts/projection.ts'
import type { OpenOverride } from './override/state.ts'
import type { OpenPayout } from './payout/state.ts'
import type { Answer, AnswerStatus, Said, StatementPersonal } from './statement/statement.ts'
import type { RequestedReturn } from './voluntary-return/state.ts'
import type { Awaiting, DeclaredReturn } from './withdrawal/state.ts'

/** Who of the staff judged the proof of sending, looked at the goods and judged what was found, by their subjects, and in what words. */
export type ReturnPersonal = {
  statement?: string
  judgedBy?: string
  judgement?: string
  offeredBy?: string
  inspectedBy?: string
  serialNumbers?: string[]
  inspectionNote?: string
  assessedBy?: string
  grounds?: string
}

/** Who asked and who of the staff looked, by their subjects, and in what words. */
export type VoluntaryReturnPersonal = { statement?: string; recordedBy?: string; checkedBy?: string; note?: string }

/** What a customer said is wrong, at first and once putting right did not help; who of the staff judged and did what, in what words. */
export type ComplaintPersonal = {
  defect?: string
  failure?: string
  recordedBy?: string
  assessedBy?: string
  grounds?: string
  doneBy?: string
  note?: string
  waivedBy?: string
  waiverNote?: string
  restedBy?: string
  restNote?: string
}

/** What was agreed in writing, word for word, who agreed for the customer, and who of the staff recorded it, by their subject. */
export type AgreementPersonal = { text: string; party: string; recordedBy: string }

/** Who of the staff proposed a payout and who settled it, by their subjects, and why. */
export type PayoutPersonal = { by?: string; why?: string; settledBy?: string; settledWhy?: string }

/** Who of the staff proposed to decide otherwise and who settled it, by their subjects, and why; what the customer said. */
export type OverridePersonal = { by?: string; why?: string; words?: string; settledBy?: string; settledWhy?: string }

/** JSON that may be left out. */
type OptionalJson<T extends object> = JSONColumnType<T | null, string | null | undefined, string | null>

/** The tables, as types. */
export type Database = CommandHandlerTables &
  AlarmTables &
  MailTables &
  WebhookTables &
  PhotoTables &
  GoodsBackTables & {
    order_facts: {
      order_id: string
      facts: Json<OrderSoFar['facts']>
      personal: Json<OrderSoFar['personal']>
      number: GeneratedAlways<string | null>
    }
    statement: {
      id: string
      order_id: string | null
      channel: NoticeChannel | null
      sent_at: string | null
      received_at: string
      recorded_at: string
      said: Json<Said>
      personal: Json<StatementPersonal>
    }
    statement_answer: {
      statement_id: string
      status: AnswerStatus
      due_from: string
      order_id: string | null
      lines: OptionalJson<LinePart[]>
      return_id: Generated<string | null>
      refusal: OptionalJson<Refusal>
      answered_at: Generated<string | null>
      clarified: OptionalJson<NonNullable<Answer['clarified']>>
    }
    return: {
      id: string
      order_id: string
      version: number
      status: DeclaredReturn['status']
      state: Json<DeclaredReturn>
      personal: Json<ReturnPersonal>
      declared_at: string
      awaits: Awaiting | null
      awaits_since: string | null
      believed_from: string | null
      /** While a proof of sending waits for a verdict: when its refund is due. */
      proof_due: GeneratedAlways<string | null>
      remind_from: string | null
      units_to_be_asked: Generated<boolean>
      /** Last day to pay back, while that is not decided. */
      pay_by: Generated<string | null>
    }
    voluntary_return: {
      id: string
      order_id: string
      version: number
      state: Json<RequestedReturn>
      personal: Json<VoluntaryReturnPersonal>
    }
    complaint: {
      id: string
      order_id: string
      version: number
      state: Json<OpenComplaint>
      personal: Json<ComplaintPersonal>
    }
    agreement: {
      id: string
      order_id: string
      version: number
      recorded_at: string
      state: Json<RecordedAgreement>
      personal: Json<AgreementPersonal>
    }
    exchange: {
      id: string
      order_id: string
      new_order_id: string
      return_id: string
      version: number
      looked_at: string
      ended_at: string | null
      state: Json<AgreedExchange>
      personal: Json<object>
    }
    override: {
      id: string
      order_id: string
      version: number
      proposed_at: string
      state: Json<OpenOverride>
      personal: Json<OverridePersonal>
    }
    payout: {
      id: string
      order_id: string
      case_id: string | null
      kind: PayoutKind
      version: number
      proposed_at: string
      state: Json<OpenPayout>
      personal: Json<PayoutPersonal>
    }
    loss: { id: string; order_id: string; version: number; state: Json<DecidedLoss>; personal: Json<object> }
    order_event: {
      order_id: string
      event_id: string
      service: string
      type: string
      subject: string
      happened_at: string
      tracking_number: string | null
    }
    tag: { about: string; word: string; order_id: string; tagged_at: string; tagged_by: string }
    case_note: {
      id: string
      case_id: string
      order_id: string
      noted_at: string
      personal: Json<{ text: string; by: string }>
    }
    return_case: {
      id: string
      order_id: string
      kind: 'withdrawal' | 'voluntary-return' | 'complaint' | 'loss' | 'payout' | 'override' | 'exchange'
      status: string
      awaits: string | null
      awaits_since: string | null
      patience: string
      look_from: string | null
      due_on: string | null
      /** Last day to pay back, while that is not decided. */
      pay_by: Generated<string | null>
      /** Minor units, as text: a bigint. */
      owed: Generated<string | null>
      refund_decided_at: Generated<string | null>
      assignee: Generated<string | null>
      opened_at: string
      closed_at: string | null
    }
  }
