/** What a span is of: `server` answers, `client` asks a partner, `producer` tells an event, `consumer` acts on one or on a job. */
export type SpanKind = 'server' | 'client' | 'producer' | 'consumer' | 'internal'

/** What may be said of a span: nothing that is in the personal-data maps. */
export type Attributes = Record<string, string | number>

export type SpanOf = {
  name: string
  kind: SpanKind
  attributes?: Attributes
  /** The `traceparent` of what began it; left out, of the span that is current; null begins a trace. */
  parent?: string | null
  /** The `traceparent` of each of the others that it serves too. */
  links?: readonly (string | undefined)[]
}

/** A span that is under way. `end` once; what it failed with is noted by its code or name, since its words may quote a person. */
export type Span = { traceparent: string; note(attributes: Attributes): void; fail(error: unknown): void; end(): void }

export type Tracer = {
  begin(about: SpanOf): Span
  /** The `traceparent` of the span that is current. */
  current(): string | undefined
  /** Runs work with the span of this `traceparent` as the current one; with none if there is none. */
  continuing<T>(traceparent: string | undefined, work: () => T): T
}

let tracer: Tracer | undefined

/** Gives the process its tracer, of which it has one; undefined takes it away. Throws when there is another. */
export function useTracer(one: Tracer | undefined) {
  if (one !== undefined && tracer !== undefined) throw new Error('This process has a tracer.')
  tracer = one
}

/** Whether anybody is told: all else here does nothing otherwise but the work itself. */
export const isTracing = () => tracer !== undefined

/** `traceparent` (W3C Trace Context) of the span that is current, to go with what it sets going; undefined where nobody is told. */
export const traceparent = () => tracer?.current()

/** Runs work as part of what this `traceparent` is of, whoever calls; undefined: as part of nothing. */
export const continuing = <T>(parent: string | undefined, work: () => T): T =>
  tracer === undefined ? work() : tracer.continuing(parent, work)

/** Begins a span that is ended elsewhere; undefined where nobody is told. */
export const beginSpan = (about: SpanOf) => tracer?.begin(about)

/** Runs work as a span: what it sets going is its child, and what it throws is noted and thrown on. */
export async function span<T>(about: SpanOf, work: (span?: Span) => Promise<T>): Promise<T> {
  if (tracer === undefined) return work()
  const begun = tracer.begin(about)
  try {
    return await tracer.continuing(begun.traceparent, () => work(begun))
  } catch (error) {
    begun.fail(error)
    throw error
  } finally {
    begun.end()
  }
}
