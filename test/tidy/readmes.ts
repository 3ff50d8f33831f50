import { lengthOf } from './limits.ts'

export const MAX_README_LINES = 10

/** Folders whose README.md is missing or longer than a glance. `textOf` gives a file's text, or nothing when there is none. */
export const unexplained = (folders: string[], textOf: (path: string) => string | undefined) =>
  folders.filter((folder) => {
    const text = textOf(`${folder}/README.md`)
    return text === undefined || text.trim() === '' || lengthOf(text) > MAX_README_LINES
  })
