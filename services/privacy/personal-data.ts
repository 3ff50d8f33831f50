import { alarmPersonalData } from '@vilkar/alarms/personal-data.ts'
import type { PersonalData } from '@vilkar/contracts/personal-data.ts'
import { commonPersonalData } from '@vilkar/server/personal-data.ts'
import { webhookPersonalData } from '@vilkar/webhooks/personal-data.ts'

/** Where the privacy service keeps personal data. */
export const personalData: PersonalData = {
  columns: {
    ...commonPersonalData.columns,
    ...alarmPersonalData.columns,
    ...webhookPersonalData.columns,
    'erasure.personal->by': { category: 'staff', subject: 'personal->by', erased: 'retention' },
    'erasure.personal->why': { category: 'staff', subject: 'personal->by', erased: 'retention' },
  },
  otherColumns: {
    ...commonPersonalData.otherColumns,
    ...alarmPersonalData.otherColumns,
    ...webhookPersonalData.otherColumns,
    // Which orders, by whose policy and why: ids and citations, kept for good, since a restored backup is erased again by them.
    erasure: ['id', 'controller', 'version', 'state', 'asked_at', 'answer_by'],
  },
  eventFields: {},
  otherEventFields: ['ErasureDue.controller', 'ErasureDue.reasons.code'],
}
