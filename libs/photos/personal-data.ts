import type { PersonalData } from '@vilkar/contracts/personal-data.ts'
import { BY_CUSTOMER } from './tables.ts'

/** Personal data in the table of pictures, and in the files that its rows name. */
export const photoPersonalData: Pick<PersonalData, 'columns' | 'otherColumns'> = {
  columns: {
    'photo.sha256': {
      category: 'quotation',
      subject: 'order_id',
      erased: 'blanked',
      givenWhere: { place: 'personal->addedBy', says: BY_CUSTOMER },
      note: 'Names the file of a picture, whose content goes with it: `leaving_at` is set, and the sweep removes file and hash.',
    },
    'photo.personal->addedBy': { category: 'login', subject: 'order_id', erased: 'blanked' },
  },
  otherColumns: {
    photo: [
      ...['id', 'case_id', 'order_id', 'width', 'height', 'bytes', 'added_at', 'stored_at', 'leaving_at', 'gone_at'],
    ],
  },
}
