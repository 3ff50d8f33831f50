import type { DataOf } from '@vilkar/contracts/all-events.ts'
import type { OrderSoFar } from './projection.ts'

/** The agreements of an order, with one more: what it changes holds in every ruling from here. */
export const agreementRecorded = (
  { agreements = [] }: OrderSoFar['facts'],
  { agreementId, agreedAt, changes, ends }: DataOf<'AgreementRecorded'>,
) => ({ agreements: [...agreements, { agreementId, agreedAt, changes, ...(ends && { ends }) }] })
