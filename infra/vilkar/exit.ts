/** What the command ends with: a script can tell that something calls for a person from that nobody could be asked. */
export const EXIT = { fine: 0, trouble: 1, usage: 2, unreachable: 3 } as const

export type Said = Error & { exit: Exclude<keyof typeof EXIT, 'fine'> }

/** An error whose sentence is meant for whoever typed the command. */
export const said = (exit: Said['exit'], message: string): Said => Object.assign(new Error(message), { exit })

export const isSaid = (error: unknown): error is Said => error instanceof Error && 'exit' in error
