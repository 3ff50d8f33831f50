import { createMailer } from '@vilkar/mail/mail.ts'
import { startMailbox } from '@vilkar/testing/mailbox.ts'
import { unzipSync } from 'fflate'
import t from 'tap'
import { collectExports } from '../../exports/collect.ts'
import { tellPeople } from '../../requests/jobs/watch-mails.ts'
import type { startPrivacyForTest } from '../privacy-service.ts'

type House = Awaited<ReturnType<typeof startPrivacyForTest>>
type Body = Record<string, unknown>
export type Person = { kind: 'email'; value: string }

export const aPerson = (): Person => ({ kind: 'email', value: `p${crypto.randomUUID()}@example.com` })

/** What tests of exports and of mails about requests do with a privacy service: ask, look, and follow what is mailed. */
export async function exporting({ app, deps, call, hear, held }: House) {
  const mailbox = await startMailbox()
  const mailer = createMailer({ smtpUrl: mailbox.url })
  t.teardown(async () => {
    mailer.close()
    await mailbox.stop()
  })
  const ask = async (person: Person, changes: Body = {}, role = 'storefront') => {
    const id = crypto.randomUUID()
    const answer = await call(role, 'PUT', `/requests/${id}`, {
      ...{
        controller: 'smartgroup',
        kind: 'access',
        channel: 'signed-in',
        identifiers: [person],
        replyTo: person.value,
      },
      ...changes,
    })
    return { id, ...answer }
  }
  /** All jobs that concern it, until nothing is due. */
  async function look() {
    await collectExports(deps)
    await collectExports(deps)
    await tellPeople({ ...deps, mailer, from: 'Shop <post@shop.example>' })
  }
  const mailsTo = (address: string) => mailbox.mails().filter(({ to }) => to.includes(address))
  const pathIn = (text: string) => /http:\/\/127\.0\.0\.1:4008(\/\S+)/.exec(text)?.[1] ?? ''
  const follow = async (method: 'GET' | 'POST', url: string, accept = 'text/html') => {
    const { statusCode, rawPayload, headers } = await app.inject({ method, url, headers: { accept } })
    return { status: statusCode, bytes: rawPayload, text: rawPayload.toString(), headers }
  }
  /** An order of a person, of which each service holds something. */
  async function order(person: Person, { items = [], ...changes }: Body & { items?: House['held'][string] } = {}) {
    const orderId = crypto.randomUUID()
    await hear('OrderPlaced', {
      ...{ orderId, seller: 'smartgroup', personal: { email: person.value, shippingAddress: {} } },
      ...changes,
    })
    held[`orders ${orderId}`] = [
      { place: 'orders.personal->email', category: 'contact', value: person.value },
      ...(items as []),
    ]
    return orderId
  }
  return { mailbox, ask, look, mailsTo, pathIn, follow, order }
}

/** The files of an archive: its two halves read, and all by their names. */
export function unpacked(bytes: Uint8Array) {
  const files = unzipSync(new Uint8Array(bytes))
  const text = (name: string) => new TextDecoder().decode(files[name])
  return { files, names: Object.keys(files).toSorted(), data: JSON.parse(text('data.json')), page: text('index.html') }
}
