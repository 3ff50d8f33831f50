import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { eventually } from '@vilkar/testing/eventually.ts'
import { temporaryFolder } from '@vilkar/testing/temporary-folder.ts'
import t from 'tap'
import { startHouse } from './house.ts'
import { placesIn, searchHouse } from './needle/house-search.ts'
import { isKept } from './needle/kept.ts'
import { askForArchive, askForErasure, type Bought, livePerson, NEEDLES, PERSON } from './needle/life.ts'
import { spellingsOf } from './needle/spellings.ts'

/** A person of whom everything is known, and then nothing but what bookkeeping keeps, and after five years not that either. */
/** Of a damage and of a complaint the same one, and by its hash one file. */
const PICTURES = 1
let output = ''
const photoStore = await temporaryFolder()
const photos = fileURLToPath(photoStore)
const house = await startHouse({
  environment: { PHOTO_STORE: photoStore, LOG_LEVEL: 'trace' },
  onOutput: (text) => {
    output += text
  },
})
const { urls, pools, call, shop } = house
const spellings = [...new Set(NEEDLES.flatMap(spellingsOf))]
const search = () => searchHouse(house, { photos, output: () => output, spellings })
const nowhere = async () => {
  const found = (await search()).filter((each) => !isKept(each))
  return found.length === 0
}

/** What must be whole whoever is erased: sums, ledger and documents but for their buyer, and all of another customer. */
async function books() {
  const read = async (statement: string) => (await pools.orders.query(statement)).rows
  return {
    documents: await read(`select to_jsonb(each) - 'buyer' as row from sales_document each order by position`),
    ledger: await read('select to_jsonb(each) as row from ledger_entry each order by id'),
    accounts: await read('select to_jsonb(each) as row from payment_account each order by payment_id'),
  }
}
const ofOther = async (id: string) => ({
  order: (await call('support', 'GET', `${urls.orders}/orders/${id}`)).body,
  shipments: (await call('support', 'GET', `${urls.shipping}/shipments?orderId=${id}`)).body,
  documents: (await call('manager', 'GET', `${urls.orders}/orders/${id}/documents`)).body,
})
/** Waits until everything that was asked for is erased, told over the broker, and no message and no file of it has it any more. */
async function untilErased() {
  await eventually('all holders to have answered', async () => {
    const { rows } = await pools.privacy.query('select from erasure where settled_at is null')
    return rows.length === 0
  })
  await rest()
}
/** What is due by a clock that was moved may be told a moment after all was at rest. */
const rest = () => eventually('nothing to be lost or doubled', () => house.settle().then(() => true))

/** Columns of the privacy service in which something of a person stands sealed, where no search finds it, and how many rows have it. */
const SEALED = [
  ...['export.archive', 'export_part.sealed', 'request_mail.sealed', 'consent_letter.sealed', 'brevo_contact.address'],
]
async function sealedNow() {
  const counts = SEALED.map(async (name) => {
    const [table, column] = name.split('.')
    const { rows } = await pools.privacy.query(
      `select count(${column})::int as sealed, count(*)::int as rows from ${table}`,
    )
    return [name, rows[0]] as const
  })
  return Object.fromEntries(await Promise.all(counts)) as Record<string, { sealed: number; rows: number }>
}

let mine: Bought
let other: string
let before: Awaited<ReturnType<typeof books>>
let otherBefore: Awaited<ReturnType<typeof ofOther>>

t.test('a customer lives, and is found everywhere', async (t) => {
  const theirs = await shop.place({ sku: await shop.stock(5), quantity: 2 })
  await shop.pay(theirs)
  const shipmentId = await shop.shipmentOf(theirs)
  await shop.dispatch(shipmentId, theirs.id)
  await shop.deliver(shipmentId, theirs.id)
  other = theirs.id
  mine = await livePerson(house)
  await rest()
  const places = new Set((await search()).map(({ place }) => place.replace(/[. ]\w+->.*/, '')))
  for (const place of [
    'orders orders',
    'orders mail.message',
    'shipping shipment',
    'returns case_note',
    'stream returns',
  ])
    t.ok(
      [...places].some((each) => each.startsWith(place)),
      place,
    )
  before = await books()
  otherBefore = await ofOther(other)
})

t.test('they ask what is kept of them, and the archive has all of it, the pictures too', async (t) => {
  const files = await askForArchive(house)
  for (const name of ['data.json', 'index.html']) {
    const text = new TextDecoder().decode(files[name])
    t.strictSame(
      ['Qvistin', 'Nåløye', 'Høystakkveien', 'Bekkasinvik', 'Blåkløyv', '918 27 364'].filter(
        (each) => !text.includes(each),
      ),
      [],
      name,
    )
  }
  t.strictSame(JSON.parse(new TextDecoder().decode(files['data.json'])).missing, [])
  t.equal(Object.keys(files).filter((name) => /^photos\/[0-9a-f]{64}\.jpg$/.test(name)).length, PICTURES)
  t.equal((await sealedNow())['export.archive']!.sealed, 1)
})

t.test('they ask to be erased: what bookkeeping keeps is left, and nothing else', async (t) => {
  const requestId = await askForErasure(house)
  await untilErased()
  // What was asked for is looked at again each day.
  await house.moveClock(1)
  await eventually('the request to be answered', async () => {
    const { body } = await call('support', 'GET', `${urls.privacy}/requests/${requestId}`)
    return body.status === 'answered'
  })
  // What was written to the privacy service itself stays for a week, since somebody may ask back.
  await house.moveClock(8)
  await eventually('all of it to be gone', nowhere).catch(() => {})
  t.strictSame(placesIn((await search()).filter((each) => !isKept(each))), [])
  for (const [name, { sealed, rows }] of Object.entries(await sealedNow())) t.equal(sealed, 0, `${name} of ${rows}`)
  t.equal((await readdir(photos, { recursive: true })).filter((name) => /[0-9a-f]{64}/.test(name)).length, 0)
  await rest()
  t.strictSame(await books(), before)
  t.strictSame(await ofOther(other), otherBefore)
  const [{ links }] = (await call('manager', 'GET', `${urls.orders}/orders/${mine.id}/documents`)).body.items
  t.equal(
    (await call('support', 'GET', new URL(links.json ?? links.pdf, urls.orders).href, { expect: [403] })).status,
    403,
  )
})

t.test('what is given anew of an order that was erased goes as well', async (t) => {
  const body = { email: PERSON.email, why: 'Qvistin ringte' }
  await call('support', 'PUT', `${urls.orders}/orders/${mine.id}/email`, { body, expect: [200, 409] })
  // Mails that were read at the address of before are judged by a person first.
  const { items } = (await call('support', 'GET', `${urls.orders}/alarms?kind=mail-went-astray`)).body
  for (const { id } of items)
    await call('support', 'PUT', `${urls.orders}/alarms/${id}/resolution`, {
      body: { done: 'Adressen var hennes egen.' },
    })
  await rest()
  await house.moveClock(1)
  await untilErased()
  await eventually('all of it to be gone again', nowhere).catch(() => {})
  t.strictSame(placesIn((await search()).filter((each) => !isKept(each))), [])
})

t.test('five years after the year the documents go too, and the sums stay', async (t) => {
  await house.moveClock(365 * 6 + 40)
  // What has something under way at the first look, such as a mail, is asked for again a day later.
  await house.moveClock(2)
  await eventually('the accounts to be asked for', async () => {
    const { rows } = await pools.privacy.query(
      `select from holding where record = $1 and system = 'shop' and status = 'erased'`,
      [mine.id],
    )
    return rows.length === 1
  })
  await untilErased()
  t.strictSame(placesIn(await search()), [])
  t.strictSame(await books(), before)
})
