/** Every mail about goods on their way back. `docs/mails.md` is written from this. */
export const goodsBackMails = {
  'return-label': {
    when: 'the seller pays for the way back, and a carrier takes the goods: the label, the code to show, and what follows of the first scan',
    by: '`ReturnLabelIssued`',
    restsOn: 'angrerettloven §§ 24 and 25, forbrukerkjøpsloven § 30',
  },
} as const satisfies Record<string, { when: string; by: string; restsOn: string }>

export const isGoodsBackMail = (kind: string): kind is keyof typeof goodsBackMails => kind in goodsBackMails
