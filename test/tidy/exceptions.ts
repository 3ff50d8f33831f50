/** What breaks a rule today by the name of the breach, and why it may. */
export type Exceptions = Record<string, string>

/** The same reason for several breaches. */
export const because = (reason: string, breaches: string[]): Exceptions =>
  Object.fromEntries(breaches.map((breach) => [breach, reason]))

/** The breaches that are no exception, and the exceptions that nothing needs any more: both should be empty. */
export const compare = (breaches: string[], exceptions: Exceptions) => ({
  breaches: breaches.filter((breach) => !(breach in exceptions)),
  unusedExceptions: Object.keys(exceptions).filter((breach) => !breaches.includes(breach)),
})
