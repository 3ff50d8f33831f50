/** The body of a call from outside as JSON; undefined for anything else, an empty one included. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
