import { act, euAct, type Standing } from './act.ts'

/*
 * Acts that change those that are cited, kept here so that they are looked at again. Nothing is decided by them itself: what
 * they change stands in the Act that they change.
 */

const SEEN = '2026-11-27'

const fromTheUnion = (version: string, note: string, source: string, how: Standing['checked']['how']): Standing => ({
  version,
  status: 'in-force',
  note,
  source,
  checked: { on: SEEN, how },
})

/**
 * The first day of lov 19 June 2026 no. 34, ISO 8601, once the King has set it: from then on the withdrawal function is law in
 * Norway and the information before a contract stands in other paragraphs.
 */
export const COMMENCEMENT_OF_LOV_2026_34: string | undefined = undefined

/** Lov 19 June 2026 no. 34, which changes angrerettloven. */
export const lov202634 = act(
  'lov 19 June 2026 no. 34',
  'lov/2026-06-19-34',
  {
    version: '2026-06-19',
    status: 'enacted',
    note: 'Commences when the King decides: no day stands in the text of 2 July 2026, none was known on 26 July 2026, and nobody has looked since. Changes angrerettloven §§ 5, 8, 16, 20 and 20 a.',
    source: 'Changes to angrerettloven in the public copy github.com/sstraume97/norwegian-laws, text of 2 July 2026',
    checked: { on: SEEN, how: 'read' },
  },
  {},
)

/** Directive (EU) 2023/2673, by which Directive 2011/83/EU has the withdrawal function. */
export const directive20232673 = euAct(
  'Directive (EU) 2023/2673',
  'dir/2023/2673',
  fromTheUnion(
    '2023-11-28',
    'Applied in the EU from 19 June 2026. Norway: lov 19 June 2026 no. 34.',
    'Articles about it; EUR-Lex not read',
    'second-hand',
  ),
  {},
)

/** Directive (EU) 2024/825, by which consumers are told of the legal guarantee and of durability. */
export const directive2024825 = euAct(
  'Directive (EU) 2024/825',
  'dir/2024/825',
  fromTheUnion(
    '2024-03-06',
    'Applied in the EU from 27 September 2026: notice of the legal guarantee, label of a guarantee of durability. Norway: lov 19 June 2026 no. 34. The shop window and the confirmation have the notice and the label for consumers in the EU, in words and with a QR code; the drawings are not at hand.',
    'Articles about it; EUR-Lex not read',
    'second-hand',
  ),
  {},
)

/** Implementing Regulation (EU) 2025/1960, which says how that notice and label look. */
export const regulation20251960 = euAct(
  'Implementing Regulation (EU) 2025/1960',
  'reg_impl/2025/1960',
  fromTheUnion(
    '2025-10-02',
    'Design and content of the notice and the label; used in the EU from 27 September 2026. The words of Annex I and what the label of Annex II names are in guarantee-notice.ts, their drawings are not.',
    'EUR-Lex, its title, status and recitals; of Annex I two transcripts of its words, of Annex II descriptions by who uses it',
    'second-hand',
  ),
  {},
)

/** Directive (EU) 2024/1799 on repair, which changes Directive (EU) 2019/771. */
export const directive20241799 = euAct(
  'Directive (EU) 2024/1799',
  'dir/2024/1799',
  fromTheUnion(
    '2024-07-10',
    'Applied in the EU from 31 July 2026: a repair prolongs the seller’s liability by twelve months, once. Norway: unknown.',
    'EUR-Lex, its title and status; articles about the rest',
    'second-hand',
  ),
  {},
)
