import { type PolicyId, policyIds, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'

/** A mailbox to which people write that they opt out; `subject` as the policy words it, where it does. */
export type Mailbox = {
  /** Whose it is and where, without its password: it stands in alarms and in the log. */
  name: string
  controller: PolicyId
  subject?: string
  host: string
  port: number
  secure: boolean
  user: string
  pass: string
  folder: string
}

const PORTS = { 'imaps:': 993, 'imap:': 143 } as const

/**
 * The mailboxes of `controller=imaps://user:password@host/folder`, several separated by blanks. Throws for one that is none, or whose
 * policy names no way to opt out by mail; never with its password in what it says.
 */
export const mailboxesIn = (text: string): Mailbox[] =>
  text
    .trim()
    .split(/\s+/)
    .map((part, index) => {
      const [name, address = ''] = part.split(/=(.*)/s)
      const controller = policyIds.find((id) => id === name)
      const optOut = controller && policyOf(controller).optOut
      const url = URL.parse(address)
      if (controller === undefined || optOut === undefined)
        throw new Error(`Mailbox ${index + 1} is of nobody whose policy has people opt out by mail.`)
      if (url === null || !(url.protocol in PORTS) || url.username === '')
        throw new Error(`Mailbox ${index + 1} is not imaps://user:password@host/folder.`)
      const { protocol, hostname, port, username, password, pathname } = url
      const folder = decodeURIComponent(pathname.slice(1)) || 'INBOX'
      return {
        ...{ name: `${controller} ${hostname} ${folder}`, controller, host: hostname, folder },
        ...(optOut.subject !== undefined && { subject: optOut.subject }),
        ...{ port: Number(port) || PORTS[protocol as keyof typeof PORTS], secure: protocol === 'imaps:' },
        ...{ user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      }
    })
