import { fileURLToPath } from 'node:url'

/** The tables that every service has beside its own: events, refusals and, unused where none are sent, mails. */
export const commonMigrations = ['messaging', 'decider', 'mail'].map((lib) =>
  fileURLToPath(new URL(`../${lib}/migrations`, import.meta.url)),
)
