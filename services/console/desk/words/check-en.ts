/** Words of looking at goods that came back by the offer of the terms. */
export const check = {
  check: 'Say how the goods were',
  lead: 'The law gives the customer no right to send them back: only what is unused, undamaged and in its original packaging is paid back. This is said once.',
  receivedAt: 'When they came',
  receivedAtHelp: 'Leave it empty for now, or where it is known already.',
  unused: 'Is it unused?',
  unused_yes: 'unused',
  unused_no: 'used',
  unused_absent: 'it was not in the parcel',
  undamaged: 'Undamaged',
  packaging: 'In its original packaging',
  note: 'What the goods lack, as the customer is told',
  noteHelp: 'Needed where something is not as it has to be.',
  accepted: 'Paid back: {units}.',
  staysTheirs: 'Stays the customer’s, and goes back to them: {units}.',
  ends: 'Nothing is paid back, and the case is over. The customer is told by mail.',
}
