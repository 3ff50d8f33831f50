import type { Clients } from '@vilkar/client/client.ts'
import { en } from './words/en.ts'
import { nb } from './words/nb.ts'
import { dictionary, type Language } from './words.ts'

/** The words of the house. */
export const houseWords = dictionary({ nb, en })

/** Who is signed in, as pages show it; what they may is the services' to say. */
export type Person = { subject: string; name: string; scopes: ReadonlySet<string> }

/** What the navigation leads to. A place with a scope is shown to whoever has it. */
export type Place = { href: string; label: (language: Language) => string; scope?: string }

/** What a page knows of the request that it answers. */
export type View = {
  language: Language
  /** Words of the house; a room speaks its own with `words(view.language)`. */
  say: ReturnType<typeof houseWords>
  /** Path and query, as they were asked for. */
  url: string
  places: readonly Place[]
  person?: Person
  /** The services, asked as the person who is signed in; open doors only when nobody is. */
  clients: Clients
  /** A token for a form (`_csrf`), which makes a session where there is none. */
  csrf: () => string
  /** The moment on the product's clock at which it was asked, and the day of it in Oslo, as `2026-11-27`. */
  now: Temporal.Instant
  today: string
}

declare module 'fastify' {
  interface FastifyRequest {
    view: View
  }
}
