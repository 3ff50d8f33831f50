import type { Standing } from './act.ts'

/** A Norwegian Act whose cited sections were read in a public copy of Lovdata's consolidated text. `version`: its last change in force. */
export const readAtLovdata = (version: string): Standing => ({
  version,
  status: 'in-force',
  source: 'Lovdata, consolidated text of 2 July 2026, by the public copy github.com/sstraume97/norwegian-laws',
  checked: { on: '2026-11-27', how: 'read' },
})

/** An Act of the EU whose articles were written down from notes, and not beside its text. */
export const notedFromEurLex = (note?: string): Standing => ({
  status: 'in-force',
  ...(note && { note }),
  source: 'EUR-Lex',
  checked: { on: '2026-11-22', how: 'not-read' },
})
