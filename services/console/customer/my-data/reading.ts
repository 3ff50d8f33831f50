import { answered, type Clients } from '@vilkar/client/client.ts'
import type { Deps } from '../../deps.ts'
import { createMachine } from '../../sign-in/machine.ts'
import { type Visit, visitorOf } from '../customer-page.ts'
import type { Order } from '../order-reading.ts'

const SCOPES = 'service orders:place privacy:ask privacy:read'
type Privacy = Clients['privacy']

/** How these pages ask the privacy service: as the program that the issuer knows by its id. Undefined where nobody attached one. */
export function askPrivacy({ config, clientsOf }: Pick<Deps, 'config' | 'clientsOf'>) {
  const { PRIVACY_URL: url, MY_DATA_CLIENT_ID: id, MY_DATA_CLIENT_SECRET: secret } = config
  if (url === undefined || id === undefined) return undefined
  const token = createMachine(config, { id, secret, scopes: SCOPES })
  return async (): Promise<Privacy> => clientsOf(await token()).privacy
}
export type Ask = NonNullable<ReturnType<typeof askPrivacy>>

/** The policy that the seller of an order goes by; undefined where nobody made one into rules. */
async function policyOf(privacy: Privacy, { seller }: Order) {
  const { items } = await answered(privacy.GET('/policies', {}))
  return items.find(({ controller }) => controller === seller)
}

/** Whom the link of an order proves: the address that the order is written to, at the seller of it. */
export async function readWhom(privacy: Privacy, order: Order) {
  const policy = await policyOf(privacy, order)
  if (policy === undefined) return undefined
  const { controller } = policy
  return { policy, controller, email: { kind: 'email' as const, value: order.customer.email } }
}
export type Whom = NonNullable<Awaited<ReturnType<typeof readWhom>>>

export const readRequests = async (request: Visit, privacy: Privacy, { controller, email }: Whom) =>
  (
    await answered(
      privacy.POST('/requests/of-person', {
        body: { controller, identifiers: [email] },
        headers: visitorOf(request),
      }),
    )
  ).items
export type Request = Awaited<ReturnType<typeof readRequests>>[number]

/** All that the privacy service knows of whoever is at this address. */
export async function readData(request: Visit, privacy: Privacy, whom: Whom) {
  const { controller, email } = whom
  const headers = visitorOf(request)
  const [held, requests, consents, permission] = await Promise.all([
    answered(privacy.POST('/holdings/of-person', { body: { controller, identifiers: [email] }, headers })),
    readRequests(request, privacy, whom),
    answered(privacy.GET('/consents', { params: { query: { controller, ...email } }, headers })),
    answered(
      privacy.GET('/permission', { params: { query: { controller, ...email, purpose: 'newsletter' } }, headers }),
    ),
  ])
  return { held: held.items, requests, consents, permission }
}
export type Data = Awaited<ReturnType<typeof readData>>
