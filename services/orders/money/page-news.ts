/** Who waits in this process for a payment page to open, by its session. */
const waiting = new Map<string, Set<() => void>>()

/** Wakes whoever waits for the page of a session: call it after the commit. What another process opened is found by looking. */
export function tellOfPage(sessionId: string) {
  for (const wake of waiting.get(sessionId) ?? []) wake()
}

/** Waits until somebody in this process tells of the page of a session, or for so long. */
export async function hearOfPage(sessionId: string, ms: number) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const others = waiting.get(sessionId) ?? new Set()
  waiting.set(sessionId, others.add(resolve))
  const timer = setTimeout(resolve, ms)
  await promise
  clearTimeout(timer)
  others.delete(resolve)
  if (others.size === 0) waiting.delete(sessionId)
}
