import type { Generated } from 'kysely'

/** The tables, as types. */
export type Database = {
  session: {
    /** SHA-256 of what the cookie holds, in hexadecimal digits. */
    id: string
    /** Whose it is, by the issuer's `sub`; null while somebody is on the way to the issuer. */
    subject: string | null
    /** A JWE (RFC 7516) of the session's JSON. */
    sealed: string
    created_at: Generated<string>
    expires_at: string
  }
  /** Who of the staff looked at whom. */
  look: { id: string; at: Generated<string>; subject: string; what: string; about: string }
  form_sent: { id: string; sent_at: Generated<string> }
}
