/**
 * What was worked out of a text, for when it is asked for again: a page says the same of a hundred lines. At most so many are kept, and all are
 * forgotten once there are more.
 */
export function kept<Result>(most: number) {
  const known = new Map<string, Result>()
  return (key: string, work: () => Result): Result => {
    const found = known.get(key)
    if (found !== undefined) return found
    if (known.size >= most) known.clear()
    const result = work()
    known.set(key, result)
    return result
  }
}
