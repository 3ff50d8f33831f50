import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { createCaller } from '@vilkar/local/shopper.ts'
import { startStack } from '@vilkar/local/stack.ts'
import { playStory } from '@vilkar/local/story.ts'
import { createTimeline } from '@vilkar/local/timeline.ts'
import { SHOP_HOLDERS } from '@vilkar/privacy/erasure/ask.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { temporaryFolder } from '@vilkar/testing/temporary-folder.ts'
import { unzipSync } from 'fflate'
import t from 'tap'

/** What a customer of the whole product is shown of what is held of them: asked for, mailed, fetched by the link, and gone when they are erased. */

const stack = await startStack({
  directory: fileURLToPath(await temporaryFolder()),
  portBase: 0,
  durable: false,
  logLevel: 'error',
  say: () => {},
})
t.teardown(() => stack.stop())
const { urls, mailbox } = stack
await playStory(
  urls,
  createTimeline(() => {}),
)
const call = createCaller((role) => stack.issuer.token(role as never))
const orders = (await call('support', 'GET', `${urls.orders}/orders?limit=20`)).body.items
const order = orders.find(({ customer }: { customer: { kind: string } }) => customer.kind === 'consumer')
const email = order.customer.email as string
const { controller } = (await call('support', 'GET', `${urls.privacy}/policies`)).body.items[0]

const ask = async (kind: string, value = email) => {
  const id = crypto.randomUUID()
  const body = { controller, kind, channel: 'signed-in', identifiers: [{ kind: 'email', value }], replyTo: value }
  await call('storefront', 'PUT', `${urls.privacy}/requests/${id}`, { body })
  return id
}
/** The link that was mailed about an export to an address, once it is. */
const linkTo = (value: string) =>
  eventually('the export to be mailed', async () =>
    mailbox
      .to(value)
      .flatMap(({ text }) => new RegExp(`${urls.privacy}/exports/\\S+`).exec(text)?.[0] ?? [])
      .at(-1),
  )
type Record = { system: string; record: string; data: { holder: string; place: string; value: unknown }[] }
async function fetched(link: string) {
  const response = await fetch(link, { method: 'POST', headers: { accept: 'application/zip, text/html' } })
  if (response.status !== 200) return { status: response.status }
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
  const text = (name: string) => new TextDecoder().decode(files[name])
  return {
    status: 200,
    data: JSON.parse(text('data.json')) as { records: Record[]; missing: unknown[] },
    page: text('index.html'),
  }
}

t.test('a customer gets what all three services hold of their order, in JSON and to be read', async (t) => {
  await ask('access')
  const { status, data, page } = await fetched(await linkTo(email))
  t.equal(status, 200)
  assert(data && page)
  t.strictSame(data.missing, [])
  const held = data.records.filter(({ record }) => record === order.id)
  t.strictSame(
    [...new Set(held.flatMap((each) => each.data.map(({ holder }) => holder)))].toSorted(),
    SHOP_HOLDERS.toSorted(),
    'each of the services delivers',
  )
  t.match(JSON.stringify(held), email)
  for (const says of [email, order.number]) t.ok(page.includes(says), says)
})

t.test('of another customer nothing is in it, and a stranger who asks gets nothing', async (t) => {
  const others = orders
    .map(({ customer }: { customer: { email: string } }) => customer.email)
    .filter((each: string) => each !== email)
  const link = await linkTo(email)
  const { data } = await fetched(link)
  for (const other of others) t.notOk(JSON.stringify(data).includes(other), other)
  const token = new URL(link).pathname.split('/').at(-1)!
  for (const wrong of [link.replace(token, `${token.slice(0, -4)}AAAA`), link.slice(0, -1), `${link}A`])
    t.not((await fetched(wrong)).status, 200)
  const stranger = `nobody${crypto.randomUUID()}@example.com`
  await ask('access', stranger)
  t.strictSame((await fetched(await linkTo(stranger))).data?.records, [])
})

t.test('who is erased has no archive any more', async (t) => {
  const link = await linkTo(email)
  await ask('erase')
  await eventually('the archive to be gone', async () => (await fetched(link)).status !== 200)
  t.not((await fetched(link)).status, 200)
})
