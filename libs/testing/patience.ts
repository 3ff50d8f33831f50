/**
 * How long a test file may take. It is a bound on what hangs, not a promise of speed: a slow machine under load must not
 * meet it. Whatever a test waits for, it waits for no longer than this.
 */
export const FILE_TIMEOUT_MS = 600_000
