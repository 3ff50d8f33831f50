/** What a simulator answers: an object as JSON, a string as HTML. */
export type Reply = { status: number; headers?: Record<string, string>; body?: object | string }

export const NO_CONTENT: Reply = { status: 204 }

/** The paths of a template such as `/orders/:id/captures`; what stands for its variable parts is captured. */
export const pathsOf = (template: string) => new RegExp(`^${template.replaceAll(/:\w+/g, '([^/]+)')}$`)
