/** What is said to whoever called, without a trace of where. */
export const said = (message: string) => Object.assign(new Error(message), { said: true })
export const isSaid = (error: unknown): error is Error => (error as { said?: unknown } | null)?.said === true
