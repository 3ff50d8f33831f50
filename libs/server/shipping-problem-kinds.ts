/** Kinds of problem with parcels that do not arrive, or come to harm: part of the list in `problem-kinds.ts`. */
export const shippingProblemKinds: Record<string, string> = {
  'damage-report-unknown': 'Nothing was reported under this id.',
  'report-differs': 'Something else was reported under this id. Report it under another.',
  'cure-not-wanted': 'What was sent for a complaint is not wanted any more, so that nothing is sent instead of it.',
  'loss-not-known':
    'Nobody but the customer says yet that the goods are lost: what comes of it is theirs to choose once the carrier was asked.',
  'loss-settled': 'The customer chose already what comes of this loss, and it is chosen once.',
  'not-lost': 'The goods were received: what is damaged is a complaint, and not a loss.',
  'report-ended':
    'What was reported does not hold any more: the units came, or somebody reported them who has seen them.',
  'carrier-not-told': 'The carrier was not told of the damage or the loss yet. Tell it first.',
  'amount-missing': 'The amount and its currency are missing.',
  'claim-settled': 'The carrier has paid: nothing more is expected of it.',
  'part-differs': 'Another part was agreed on under this id. Use another.',
  'part-is-whole': 'It is no part: nothing of the shipment would be left.',
  'code-known': 'What this code means stands in the table of its carrier already.',
  'part-unknown': 'No part of this shipment was agreed on under this id.',
  'part-ended': 'This part was ended. Another is agreed on under an id of its own.',
  'part-dispatched': 'The part has left, and goes its way as any parcel.',
  'part-stopped': 'The part never leaves: all of it was stopped.',
  'part-in-parts': 'Units of the part leave by themselves too. End that agreement first.',
  'part-elsewhere': 'The part goes to another address than what it was taken out of.',
  'part-judged': 'What bears on the risk was recorded of the part alone: it stays by itself.',
  'not-arrived': 'Nothing that was settled as lost has arrived by this report.',
  'delivery-not-failed': 'No failed delivery of this shipment waits for anybody.',
  'goods-not-back': 'The goods are not known to be back. Have them scanned in first.',
  'units-withdrawn': 'The customer withdrew from goods of this shipment: they are not sent again.',
}
