import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { Type } from 'typebox'

/** Conditional requests (RFC 9110 § 13): who changes what he has read changes nothing that somebody else changed meanwhile. */

/** What is answered with 304. */
export const Unchanged = Type.Null({ description: 'It is as the ETag in If-None-Match says.' })

/** A strong entity tag: the same for the same content, however its fields are ordered. */
export const entityTag = (content: object) =>
  `"${createHash('sha256').update(canonicalize(content)!).digest('base64url')}"`

const tagsOf = (header: string) => header.split(',').map((each) => each.trim())

/** Whether an If-None-Match header names the entity tag, by weak comparison (RFC 9110 § 13.1.2). */
export const namesTag = (header: string | undefined, tag: string) =>
  tagsOf(header ?? '').some((each) => each === '*' || each.replace(/^W\//, '') === tag)

/** The same by strong comparison, which no weak tag passes: If-Match (RFC 9110 § 13.1.1). */
const matches = (header: string, tag: string) => tagsOf(header).some((each) => each === '*' || each === tag)

type Conditions = { 'if-match'?: string; 'if-none-match'?: string }

/** Whether who reads has it already. */
export const isUnchanged = ({ 'if-none-match': header }: Conditions, tag: string) => namesTag(header, tag)

/** Whether a change is to be refused with 412. `tag` is of what there is, if there is anything. */
export function failsPrecondition({ 'if-match': match, 'if-none-match': none }: Conditions, tag: string | undefined) {
  if (match !== undefined && (tag === undefined || !matches(match, tag))) return true
  return none !== undefined && tag !== undefined && namesTag(none, tag)
}
