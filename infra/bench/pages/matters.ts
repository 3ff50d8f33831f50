import { shop } from '@vilkar/local/catalogue.ts'
import type { Call } from '@vilkar/local/shopper.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import type { Urls } from './models.ts'

/** Something that waits for a person and is of no order: by what its rows are found, and of how many there are to be. */
export type Matter = { about: string; service: 'returns' | 'shipping' | 'privacy'; id: string; many: number }
const controller = shop()
const person = { kind: 'email', value: 'noen@example.com' }

/** Has one of each matter come in by its door. */
export async function playMatters(call: Call, urls: Urls): Promise<Matter[]> {
  const make = async (matter: Matter, role: string, path: string, body: object) => {
    await call(role, 'PUT', `${urls[matter.service]}${path}/${matter.id}`, { body })
    return matter
  }
  const ofPrivacy = (about: string, many: number): Matter => ({
    ...{ about, service: 'privacy', id: crypto.randomUUID(), many },
  })
  const parcel: Matter = { about: 'parcel', service: 'shipping', id: crypto.randomUUID(), many: 300 }
  const request = { controller, channel: 'email', identifiers: [person], kind: 'rectify' }
  const breach = { controller, risk: 'risk', nature: 'A list was sent to the wrong person.', categories: ['names'] }
  const facts = { name: 'Trykkeri AS', kind: 'carrier', agreement: 'A-1', country: 'NO', since: '2025-01-01' }
  const orderIds = [crypto.randomUUID()]
  const foundAt = Temporal.Now.instant().toString()
  return [
    await letter(call, urls),
    await make(parcel, 'warehouse', '/inbound-parcels', { trackingNumber: 'UKJENT-0', note: 'Nobody announced it.' }),
    await make(ofPrivacy('request', 400), 'support', '/requests', { ...request, words: 'I have moved.' }),
    await make(ofPrivacy('breach', 60), 'support', '/breaches', { ...breach, foundAt }),
    await make(ofPrivacy('hold', 100), 'support', '/data-holds', { controller, person, why: 'A dispute.' }),
    await make(ofPrivacy('erasure', 400), 'support', '/erasures', { controller, orderIds, why: 'Asked for by phone.' }),
    await make(ofPrivacy('processor', 20), 'support', '/processors', { controller, ...facts }),
  ]
}

/** A letter of which nobody knows what order it is about. */
async function letter(call: Call, { returns }: Urls): Promise<Matter> {
  const said = { channel: 'letter', statement: 'I am sorry about what I bought of you.', name: 'Noen' }
  const { body } = await call('support', 'POST', `${returns}/statements`, { body: said })
  await eventually('the letter to be unclear', async () => {
    const { body: page } = await call('support', 'GET', `${returns}/statements?status=unclear`)
    return page.items.length > 0
  })
  return { about: 'letter', service: 'returns', id: body.id, many: 300 }
}
