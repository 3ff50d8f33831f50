/**
 * How long anything in a test may take. These are bounds on what hangs, not promises of speed: a slow machine under load
 * must not meet them. A test waits for a condition, never for a time, and gives up only after this.
 */
export const PATIENCE_MS = 180_000

/** How long a test file may take as a whole; `TEST_FILE_MINUTES` gives the long runs of their own commands more. */
export const FILE_TIMEOUT_MS = Number(process.env.TEST_FILE_MINUTES ?? 15) * 60_000
