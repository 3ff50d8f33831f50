/**
 * Cases told in steps that the product does not answer as they expect yet. One that it answers is shown by a test whose title
 * names it (`case L07`) and leaves this list; nothing is added to it.
 */
type Waiting = 'L01' | 'L01b' | 'L01c' | 'L02' | 'L02b' | 'L03' | 'L04' | 'L12b' | 'L16' | 'L21'

/** Why each waits. */
export const waiting: Readonly<Record<Waiting, string>> = {
  L01: 'A withdrawal from a part of an order does not take its units out of a shipment.',
  L01b: 'Goods that never left can be received back, and are refunded out of what was paid for others.',
  L01c: 'Proof of sending is believed for goods that never left.',
  L02: 'After a part was sent, a withdrawal from everything does not stop the rest.',
  L02b: 'Cancelling is for an order as a whole.',
  L03: 'A notice about goods with and without a right to withdraw is refused as a whole.',
  L04: 'The door takes no day on which a letter was sent.',
  L12b: 'Nobody is asked who found a mistake obvious, and no mail says that the seller ended an order.',
  L16: 'Who took a parcel is told in any words, and counts as whom the customer named.',
  L21: 'What came back is not looked at before it is paid back.',
}
