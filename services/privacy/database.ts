import type { AlarmTables } from '@vilkar/alarms/tables.ts'
import type { CommandHandlerTables } from '@vilkar/decider/command-handler.ts'
import type { WebhookTables } from '@vilkar/webhooks/tables.ts'
import type { ConsentTables } from './consent/tables.ts'
import type { ErasureTables } from './erasure/tables.ts'
import type { ExportTables } from './exports/tables.ts'
import type { NoticeTables } from './notices/tables.ts'
import type { RegisterTables } from './registers/tables.ts'
import type { RequestTables } from './requests/tables.ts'
import type { RetentionTables } from './retention/tables.ts'
import type { SubjectTables } from './subjects/tables.ts'

/** The tables, as types. */
export type Database = CommandHandlerTables &
  AlarmTables &
  WebhookTables &
  ErasureTables &
  ExportTables &
  NoticeTables &
  RegisterTables &
  RequestTables &
  RetentionTables &
  SubjectTables &
  ConsentTables
