import { randomUUID } from 'node:crypto'
import type { startPrivacyForTest } from '../privacy-service.ts'

export const TEXT = 'Ja takk, send meg nyhetsbrev med tilbud. Jeg kan når som helst melde meg av.'
export const STOREFRONT = 'storefront service orders:place'
export const CUSTOMER = 'customer-1 orders:place'
export const STAFF = 'support staff orders:place privacy:read privacy:write'

type House = Pick<Awaited<ReturnType<typeof startPrivacyForTest>>, 'call' | 'clock' | 'deps'>

/** Somebody of whom nobody has heard. */
export const aPerson = () => ({ controller: 'smartgroup', kind: 'email', value: `kari-${randomUUID()}@example.com` })
export type Person = ReturnType<typeof aPerson>

/** What people do about consents over HTTP. */
export const consenting = ({ call, clock, deps }: House) => {
  const body = (person: Person, more: object) => ({
    ...{ ...person, purpose: 'newsletter', text: TEXT, language: 'nb', source: 'footer-form' },
    ...more,
  })
  return {
    say: (person: Person, more: object, role = STOREFRONT) => call(role, 'PUT', '/consents', body(person, more)),
    give: (person: Person, more: object = {}) =>
      call(STOREFRONT, 'PUT', '/consents', body(person, { given: true, age: 30, proven: true, ...more })),
    withdraw: (person: Person, more: object = {}) =>
      call(STOREFRONT, 'PUT', '/consents', body(person, { given: false, ...more })),
    askGuardian: (person: Person, more: object) => call(STOREFRONT, 'POST', '/guardian-consents', body(person, more)),
    async permission(person: Person, more: Record<string, string> = {}) {
      const query = new URLSearchParams({ ...person, purpose: 'newsletter', ...more })
      const { status, body } = await call('sender privacy:read', 'GET', `/permission?${query}`)
      return { status, ...body, codes: body.reasons?.map(({ code }: { code: string }) => code) }
    },
    history: async (person: Person) =>
      (await call('sender privacy:read', 'GET', `/consents?${new URLSearchParams(person)}`)).body,
    subjectOf: (person: Person) => deps.subjectKey(person as never),
    later(seconds: number) {
      clock.at = clock.now().add({ seconds }).toString()
    },
  }
}
