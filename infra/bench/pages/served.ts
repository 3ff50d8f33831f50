/** A call of the console, by what is asked, without what differs from order to order; times in milliseconds from when the page was asked for. */
export type Asked = { door: string; from: number; to: number }
/** A page that was served: `ms` from request to answer, `processorMs` of the console's own thread. */
export type Served = { path: string; status: number; ms: number; processorMs: number; calls: Asked[] }
