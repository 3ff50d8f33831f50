/**
 * Loaded before a service (`node --import`): the clock that services are told the time by runs ahead of the machine's. Tokens expire by
 * `new Date()`, which stays.
 */
const machine = Date.now
const ahead = Number(process.env.CLOCK_AHEAD_MS ?? 0)
Date.now = () => machine() + ahead
