/** A paragraph of the notice: what it says, what it lists, and where its QR code and the address under it lead. */
export type NoticePart = { text: string; points?: string[]; steps?: string[]; link?: string }

/**
 * The words of the notice on the legal guarantee that is the same in the whole Union, and that nobody may say otherwise: Annex I to Commission
 * Implementing Regulation (EU) 2025/1960, in English, and the page of Your Europe to which its QR code leads. Read from two transcripts of
 * the Commission's own files that agree; not from the Official Journal, and not the drawing. There is none in Norwegian.
 */
export const guaranteeNoticeOfTheUnion: { language: 'en'; title: string; parts: NoticePart[] } = {
  language: 'en',
  title: 'Legal guarantee',
  parts: [
    { text: 'Minimum two-year legal guarantee protection for goods sold in the European Union.' },
    {
      text: 'Consumers can claim their rights under the legal guarantee of conformity, for example if goods:',
      points: ['do not match the description;', 'do not function as intended.'],
    },
    {
      text: 'Sellers are liable for any lack of conformity which existed when the goods were delivered, and which becomes apparent within the legal guarantee period. Sellers in such a situation are required to offer:',
      points: ['free repair or free replacement;', 'in some cases, a price reduction or full reimbursement.'],
    },
    {
      text: 'Some countries have a longer legal guarantee period. For second-hand goods, a shorter period may apply, but not less than one year.',
    },
    {
      text: 'For more information on your rights in a specific country, scan the QR code below or ask the seller.',
      link: 'https://europa.eu/youreurope/guarantees',
    },
    {
      text: 'What to do if you receive non-conforming goods:',
      steps: [
        'Contact the seller as soon as possible to report the issue;',
        'Provide proof of purchase, such as a receipt, invoice, or bank statement.',
      ],
    },
    {
      text: 'Sellers and producers may also offer commercial guarantees, which apply independently from the legal guarantee. For example, you may see this GARAN label representing a commercial guarantee of durability offered by the producer at no additional cost and covering the entire good.',
    },
  ],
}

/**
 * What the label of a guarantee of durability is called in every language, and the page of Your Europe to which its QR code leads: Annex II
 * to the same Regulation. On it stand, besides, the years, the producer’s mark and the model, and a reminder of the legal guarantee, whose
 * two years stand beside it. Read from what others say who use the Commission’s files; the drawing is not at hand.
 */
export const durabilityLabelOfTheUnion = {
  title: 'GARAN',
  link: 'https://europa.eu/youreurope/commercial-guarantee-durability',
} as const
