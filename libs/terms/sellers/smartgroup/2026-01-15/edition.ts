import type { EditionSource } from '../../../editions/load.ts'
import { figures } from './figures.ts'
import { findings } from './findings.ts'
import { sentences } from './sentences.ts'
import { unenforced } from './unenforced.ts'
import { wording } from './wording.ts'

/** The first edition: its texts and forms stand beside this file. */
export const edition: EditionSource = {
  id: 'smartgroup/2026-01-15',
  folder: new URL('.', import.meta.url),
  ...{ figures, wording, sentences, unenforced, findings },
}
