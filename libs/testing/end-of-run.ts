import root from 'tap'

/**
 * What is done when the process has no test left to run, the last first: for what several test files use, one after the other. What is one
 * file's own ends with that file, by `t.teardown`.
 */
export const atEndOfRun = (close: () => unknown) => root.teardown(close)
