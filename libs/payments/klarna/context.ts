import type { Covered } from '../coverage.ts'
import type { Authorised, AuthoriseInput, PaymentProvider, Result, Session, Started, StartInput } from '../port.ts'
import type { Send } from './http.ts'

/** What the parts of the adapter share. `baseUrl` has no slash at its end. */
export type Klarna = { name: Covered; send: Send; now(): Temporal.Instant; baseUrl: string; graceMs: number }

/** Where the customer pays. What comes after it, Klarna's order management, is the same for all. */
export type FrontEnd = {
  placedBy: PaymentProvider['placedBy']
  start(klarna: Klarna, input: StartInput): Promise<Result<Started>>
  readSession(klarna: Klarna, sessionId: string, signal?: AbortSignal): Promise<Result<Session>>
  closeSession(klarna: Klarna, sessionId: string, signal?: AbortSignal): Promise<Result<object>>
  authorise(klarna: Klarna, input: AuthoriseInput): Promise<Result<Authorised>>
}
