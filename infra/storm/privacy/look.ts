import type { ServiceName } from '@vilkar/contracts/event.ts'

/** Reads a service's database. */
export type Look = <Row extends object>(service: ServiceName, statement: string, values?: unknown[]) => Promise<Row[]>
