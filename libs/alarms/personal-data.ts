import type { PersonalData, PersonalDatum } from '@vilkar/contracts/personal-data.ts'

const staff = (subject: string): PersonalDatum => ({ category: 'staff', subject, erased: 'retention' })

/** Personal data in the table of alarms, which every service has. */
export const alarmPersonalData: Pick<PersonalData, 'columns' | 'otherColumns'> = {
  columns: {
    'alarm.detail': { category: 'reference', subject: 'order_id', erased: 'retention' },
    'alarm.resolved_by': staff('resolved_by'),
    'alarm.acknowledged_by': staff('acknowledged_by'),
    'alarm.resolution': {
      ...{ category: 'note', subject: 'order_id', erased: 'retention' },
      note: 'Of an alarm that is about no order it is blanked a year after.',
    },
  },
  otherColumns: { alarm: ['id', 'order_id', 'about', 'kind', 'raised_at', 'resolved_at', 'acknowledged_at'] },
}
