import { NO_CONTENT, pathsOf, type Reply } from '@vilkar/simulator/reply.ts'

export type Contact = { id: number; email: string; ext_id: string; listIds: number[] }
type Body = Record<string, unknown>

export const refuse = (status: number, code: string, message: string): Reply => ({ status, body: { code, message } })

const ONE = pathsOf('/v3/contacts/:identifier')
const IS_EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/

/** The contacts of an account, by "Create a contact", "Get a contact's details", "Update a contact" and "Delete a contact" of Brevo's API v3. */
export function createContacts(note: (violation: string) => void) {
  let contacts: Contact[] = []
  let nextId = 1
  const known = (identifier: string, query: URLSearchParams) =>
    contacts.find((each) => (query.get('identifierType') === 'ext_id' ? each.ext_id : each.email) === identifier)

  function create({ email, ext_id: extId, listIds, updateEnabled }: Body): Reply {
    if (typeof email !== 'string' || !IS_EMAIL.test(email))
      return refuse(400, 'invalid_parameter', 'email is not valid')
    if (typeof extId !== 'string' || extId.includes('@')) note('A contact was made without a hash as EXT_ID.')
    const lists = Array.isArray(listIds) ? (listIds as number[]) : []
    const before = contacts.find((each) => each.email === email || each.ext_id === extId)
    if (before !== undefined && updateEnabled !== true)
      return refuse(400, 'duplicate_parameter', 'Contact already exist')
    if (before !== undefined) {
      Object.assign(before, { email, ext_id: extId, listIds: [...new Set([...before.listIds, ...lists])] })
      return NO_CONTENT
    }
    contacts.push({ id: nextId, email, ext_id: String(extId), listIds: lists })
    nextId += 1
    return { status: 201, body: { id: nextId - 1 } }
  }

  return {
    all: () => structuredClone(contacts),
    /** Answers one request; undefined for what there is not. */
    answer(method: string, path: string, query: URLSearchParams, body: Body): Reply | undefined {
      if (method === 'POST' && path === '/v3/contacts') return create(body)
      const [, part] = ONE.exec(path) ?? []
      if (part === undefined || !['GET', 'PUT', 'DELETE'].includes(method)) return undefined
      const contact = known(decodeURIComponent(part), query)
      if (contact === undefined) return refuse(404, 'document_not_found', 'Contact does not exist')
      if (method === 'GET') return { status: 200, body: structuredClone(contact) }
      if (method === 'DELETE') contacts = contacts.filter((each) => each !== contact)
      else contact.listIds = contact.listIds.filter((id) => !((body.unlinkListIds as number[]) ?? []).includes(id))
      return NO_CONTENT
    },
  }
}
