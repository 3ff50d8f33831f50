/** What the promise answers; throws when that takes longer. */
export async function within<T>(ms: number, what: string, promise: Promise<T>) {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`No answer from ${what} within ${ms} ms.`)), ms)
  try {
    return await Promise.race([promise, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
