import { accept, type Decider, refuse } from '@vilkar/decider/decider.ts'
import type { ReturnParcel, ReturnParcelCommand, ReturnParcelEvent } from './state.ts'

export const unknown: { status: 'new' } = { status: 'new' }

/** How a parcel goes back: a label is issued once, and it is scanned and arrives once, in whatever order that is heard. */
export const decider: Decider<ReturnParcel | typeof unknown, ReturnParcelCommand, ReturnParcelEvent> = {
  initial: unknown,

  decide({ type, data }, state) {
    if (state.status === 'new') return refuse({ code: 'return-label-unknown', detail: 'There is no such label.' })
    const { parcelId, at } = data
    const { returnId, orderId } = state
    const ids = { parcelId, returnId, orderId }
    if (type === 'IssueLabel') {
      const { carrier, trackingNumber, code, validUntil, from } = data
      if (state.trackingNumber === trackingNumber && state.carrier === carrier) return accept()
      if (state.trackingNumber !== undefined)
        return refuse({ code: 'label-issued', detail: `The label is ${state.trackingNumber} of ${state.carrier}.` })
      const more = { ...(code && { code }), ...(validUntil && { validUntil }) }
      return accept({
        type: 'ReturnLabelIssued',
        data: { ...ids, carrier, trackingNumber, ...more, issuedAt: at, personal: { from } },
      })
    }
    const { carrier, trackingNumber, scannedAt, arrivedAt } = state
    if (carrier === undefined || trackingNumber === undefined) return accept()
    const tracking = { ...ids, carrier, trackingNumber }
    const scanned = (moment: string): ReturnParcelEvent[] =>
      scannedAt ? [] : [{ type: 'ReturnParcelScanned', data: { ...tracking, scannedAt: moment } }]
    if (type === 'HearScan') return accept(...scanned(data.scannedAt))
    const arrived: ReturnParcelEvent[] = arrivedAt
      ? []
      : [{ type: 'ReturnParcelArrived', data: { ...tracking, arrivedAt: data.arrivedAt } }]
    return accept(...scanned(data.arrivedAt), ...arrived)
  },

  evolve(state, { type, data }) {
    if (state.status === 'new') throw new Error(`${type} came before the parcel was known`)
    switch (type) {
      case 'ReturnLabelIssued': {
        const { carrier, trackingNumber, code, validUntil } = data
        return {
          ...state,
          status: 'issued',
          carrier,
          trackingNumber,
          ...(code && { code }),
          ...(validUntil && { validUntil }),
        }
      }
      case 'ReturnParcelScanned':
        return { ...state, status: state.status === 'arrived' ? 'arrived' : 'scanned', scannedAt: data.scannedAt }
      case 'ReturnParcelArrived':
        return { ...state, status: 'arrived', arrivedAt: data.arrivedAt }
    }
  },
}
