/** Every mail about a complaint. `docs/mails.md` is written from this. */
export const complaintMails = {
  'complaint-received': {
    when: 'a customer complained of a defect: what was said, and the day by which a person answers',
    by: '`ComplaintReceived`',
    restsOn: 'terms on complaints; forbrukerkjøpsloven § 27, kjøpsloven § 32',
  },
  'complaint-refused': {
    when: 'there is nothing that a complaint could be about: why',
    by: 'the complaint',
    restsOn: 'terms on complaints',
  },
  'complaint-accepted': {
    when: 'the seller answers for the defect, or putting it right failed, or is tried again: what can be chosen, and what prolongs the liability',
    by: '`ComplaintAssessed`, `CureFailed`',
    restsOn: 'forbrukerkjøpsloven §§ 26–33, kjøpsloven §§ 30–40',
  },
  'complaint-rejected': {
    when: 'a complaint came too late, or the seller does not answer for it: why, and who mediates and decides',
    by: '`ComplaintAssessed`',
    restsOn: 'forbrukerkjøpsloven §§ 17, 18 and 27; forbrukerklageloven',
  },
  'remedy-chosen': {
    when: 'a customer chose what is to become of defective goods: what happens next, and by when',
    by: '`RemedyChosen`',
    restsOn: 'forbrukerkjøpsloven §§ 29–32 and 49',
  },
  'cure-unavailable': {
    when: 'there is none left to replace the goods with: what can be chosen instead',
    by: '`CureUnavailable`',
    restsOn: 'forbrukerkjøpsloven § 29, kjøpsloven §§ 34–36',
  },
  'cure-goods-received': {
    when: 'goods to be repaired, or that others were sent for, have come to the seller',
    by: '`CureGoodsReceived`',
    restsOn: 'forbrukerkjøpsloven § 30',
  },
  'cure-sent': {
    when: 'repaired goods, or others instead of defective ones, are with the carrier: how to follow them, and what to send back',
    by: '`CureUnderway`',
    restsOn: 'forbrukerkjøpsloven §§ 29 and 30',
  },
  'cure-done': {
    when: 'goods were repaired or replaced: what to do if it did not help',
    by: '`CureDone`',
    restsOn: 'forbrukerkjøpsloven §§ 29 and 30',
  },
  'complaint-refund': {
    when: 'the price is lower, or the goods are back: the money with its calculation and last day',
    by: '`RefundDecided`',
    restsOn: 'forbrukerkjøpsloven §§ 31, 32 and 49',
  },
  'complaint-narrowed': {
    when: 'goods that were complained of went back by another right: what the complaint is still about, if anything',
    by: '`ComplaintNarrowed`',
    restsOn: 'terms on complaints',
  },
  'complaint-send-back-reminder': {
    when: 'a purchase is cancelled, and its goods have not come in two weeks: what to do, and that the money waits for them',
    by: '`SendBackReminded`',
    restsOn: 'forbrukerkjøpsloven §§ 32 and 49, kjøpsloven § 39',
  },
  'complaint-send-back-overdue': {
    when: 'they have not come two weeks after that: that the duty to send them stays, and that nothing is paid before',
    by: '`SendBackOverdue`',
    restsOn: 'forbrukerkjøpsloven §§ 32 and 49, kjøpsloven § 39',
  },
  'choice-reminder': {
    when: 'a customer has had two weeks to choose what is to become of defective goods: what can be chosen, and that nothing is lost',
    by: '`ChoiceReminded`',
    restsOn: 'forbrukerkjøpsloven §§ 26–33, kjøpsloven §§ 30–40',
  },
  'choice-overdue': {
    when: 'they have not chosen two weeks after that: that a person asks them, and that the right stays',
    by: '`ChoiceOverdue`',
    restsOn: 'forbrukerkjøpsloven §§ 26–33, kjøpsloven §§ 30–40',
  },
  'defective-reminder': {
    when: 'a customer has had others for defective goods for two weeks, and those have not come: how to send them at the shop’s cost',
    by: '`SendBackReminded`',
    restsOn: 'forbrukerkjøpsloven § 30, kjøpsloven §§ 34 and 64',
  },
  'defective-overdue': {
    when: 'they have not come two weeks after that: that they are still to be sent, and that a person sees to it',
    by: '`SendBackOverdue`',
    restsOn: 'forbrukerkjøpsloven § 30, kjøpsloven §§ 34 and 64',
  },
  'defective-waived': {
    when: 'a customer may keep defective goods that others were sent for',
    by: '`CureGoodsWaived`',
    restsOn: 'what the shop says',
  },
  'complaint-ended': {
    when: 'a customer let a complaint be: that they may come back to it',
    by: '`ComplaintEnded`',
    restsOn: 'terms on complaints',
  },
} as const satisfies Record<string, { when: string; by: string; restsOn: string }>

export type ComplaintMail = keyof typeof complaintMails
