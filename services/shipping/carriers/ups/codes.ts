import type { Taker } from '@vilkar/contracts/shipping-parcel.ts'
import type { CodeTable } from '../port.ts'

/**
 * UPS tells a type of one or two letters and, below it, a code of its own lists. The type says where a parcel is, but for two: `D` is
 * about delivery, of which the code says whether it was, and of an exception (`X`) only a person can tell what it is. Of these the
 * code is kept with the type, so that those that are unknown are shown and counted apart.
 */
export const codes: CodeTable = {
  M: 'nothing',
  MV: 'nothing',
  U: 'nothing',
  P: { report: 'in-transit' },
  I: { report: 'in-transit' },
  O: { report: 'in-transit' },
  'D/FS': 'delivered',
  'D/OF': { report: 'in-transit' },
  'D/OT': { report: 'in-transit' },
  RS: { report: 'returned' },
}

/** Where its drivers say that they left a parcel. That somebody had leave to have it left is no driver's to say. */
export const leftAt: Readonly<Record<string, Taker>> = {
  'met customer': 'customer',
  'met customer man': 'customer',
  'met customer woman': 'customer',
  neighbor: 'neighbour',
  neighbour: 'neighbour',
  'ups access point': 'carrier',
  'ups access point location': 'carrier',
  ...Object.fromEntries(
    [
      ...['front door', 'rear door', 'back door', 'side door', 'porch', 'deck', 'patio', 'garage', 'carport'],
      ...['left at', 'outside', 'other - released', 'mailbox'],
    ].map((place) => [place, 'left-without-leave' as const]),
  ),
}
