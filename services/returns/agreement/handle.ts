import type { AgreementEvent } from '@vilkar/contracts/returns.ts'
import { createCommandHandler } from '@vilkar/decider/command-handler.ts'
import type { AgreementPersonal, Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { decider } from './decider.ts'
import { planFollowUps } from './follow-ups.ts'
import type { Agreement, AgreementCommand, RecordedAgreement } from './state.ts'
import { loadAgreement, saveAgreement } from './store.ts'

/** The only way an agreement is recorded. */
export const handle = createCommandHandler<
  Database,
  Agreement,
  RecordedAgreement,
  AgreementCommand,
  AgreementEvent,
  AgreementPersonal,
  Pick<Deps, 'jobs'>
>({
  service: 'returns',
  decider,
  idOf: ({ data }) => data.agreementId,
  refusedUnder: ({ data }) => data.facts.orderId,
  load: loadAgreement,
  personalAfter: (before, events) =>
    events.reduce<AgreementPersonal | undefined>(
      (now, { type, data }) => (type === 'AgreementRecorded' ? data.personal : now),
      before,
    )!,
  save: saveAgreement,
  followUps: planFollowUps,
})
