type Line = Record<string, unknown> & { lineId: string }

/** What is said once of lines that are alike, said of each of them; by their ids. */
export const lineByLine = (groups: (Record<string, unknown> & { lines: Line[] })[]) =>
  groups
    .flatMap(({ lines, ...rulings }) => lines.map((line) => ({ ...line, ...rulings })))
    .sort((one, other) => Number(one.lineId) - Number(other.lineId))
