import { fileOf } from '@vilkar/photos/keep-photo.ts'
import { sweepPhotos } from '@vilkar/photos/sweep-photos.ts'
import { GIF, phonePicture, SVG, ZIP } from '@vilkar/photos/test/pictures.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { app, db, pool, clock, deps, call, delivered } = await startReturnsForTest()
const sweep = () => sweepPhotos({ db, clock, store: deps.photoStore, log: { warn: () => {} } })

async function complained() {
  const { id: orderId } = await delivered()
  clock.at = '2026-06-10T09:00:00Z'
  const { body } = await call('storefront', 'POST', `/orders/${orderId}/complaints`, { defect: 'Den uler' })
  return body.id as string
}
async function send(role: string, path: string, payload: Buffer, type = 'image/jpeg') {
  const headers = { authorization: `Bearer ${role}`, 'content-type': type }
  const { statusCode: status, body } = await app.inject({ method: 'POST', url: path, payload, headers })
  return { status, body: JSON.parse(body) }
}
const show = async (url: string, role?: string) =>
  app.inject({ method: 'GET', url, headers: role ? { authorization: `Bearer ${role}` } : {} })
const pathOf = (url: string) => url.slice(new URL(url).origin.length)
const remove = async (url: string, role: string) =>
  (await app.inject({ method: 'DELETE', url, headers: { authorization: `Bearer ${role}` } })).statusCode
const rows = () => db.selectFrom('photo').select(['id', 'stored_at', 'gone_at', 'sha256']).execute()

t.test('a customer adds a picture of what is wrong, and sees it by its hash and by its address', async (t) => {
  const id = await complained()
  const added = await send('storefront', `/returns/${id}/photos`, await phonePicture())
  t.match(added, { status: 201, body: { width: 120, height: 80, sha256: /^[0-9a-f]{64}$/ } })
  const { body } = await call('storefront', 'GET', `/returns/${id}/photos`)
  t.match(body.items, [{ sha256: added.body.sha256 }])
  const shown = await show(`/returns/${id}/photos/${added.body.sha256}`, 'support')
  t.equal(shown.headers['content-type'], 'image/jpeg')
  t.equal(shown.rawPayload.length, added.body.bytes)
  const linked = await show(pathOf(body.items[0].url))
  t.ok(linked.rawPayload.equals(shown.rawPayload))
  t.equal(linked.headers['x-content-type-options'], 'nosniff')
  clock.at = '2026-06-10T10:00:01Z'
  t.equal((await show(pathOf(body.items[0].url))).statusCode, 404, 'the address has ended')
})

t.test('nobody else sees it, and nobody learns that it is there', async (t) => {
  const id = await complained()
  const { body } = await send('storefront', `/returns/${id}/photos`, await phonePicture())
  const one = `/returns/${id}/photos/${body.sha256}`
  t.equal((await show(one, 'customer')).statusCode, 404)
  t.equal((await show(`/returns/${id}/photos`, 'customer')).statusCode, 404)
  t.equal((await send('customer', `/returns/${id}/photos`, await phonePicture())).status, 404)
  t.equal((await show(one)).statusCode, 401)
  t.equal((await show('/photos?link=nonsense')).statusCode, 404)
  const other = await complained()
  t.equal((await show(`/returns/${other}/photos/${body.sha256}`, 'support')).statusCode, 404, 'of another case')
})

t.test('a picture is collected for its person by the order that it is of, and by no other', async (t) => {
  const [id, other] = [await complained(), await complained()]
  const { body } = await send('storefront', `/returns/${id}/photos`, await phonePicture(70, 70))
  const orderOf = async (caseId: string) =>
    (await pool.query('select order_id from return_case where id = $1', [caseId])).rows[0].order_id as string
  const url = `/personal-data/${await orderOf(id)}/photos/${body.sha256}`
  const places = (await call('support', 'GET', `/personal-data/${await orderOf(id)}`)).body.items
  t.ok(places.some(({ place, value }: Record<string, unknown>) => place === 'photo.sha256' && value === body.sha256))
  const got = await show(url, 'support')
  t.match([got.statusCode, got.headers['content-type'], got.rawPayload.length], [200, 'image/jpeg', body.bytes])
  t.equal((await show(`/personal-data/${await orderOf(other)}/photos/${body.sha256}`, 'support')).statusCode, 404)
  for (const role of ['customer', 'storefront', 'mailer']) t.equal((await show(url, role)).statusCode, 403)
  const { rows: stored } = await pool.query('select id from photo where sha256 = $1', [body.sha256])
  await deps.photoStore!.remove(fileOf(stored[0].id))
  t.match((await show(url, 'support')).json(), { status: 410, type: '/problems/photo-file-gone' })
  await remove(`/returns/${id}/photos/${body.sha256}`, 'support')
  t.equal((await show(url, 'support')).statusCode, 404, 'it is being erased')
})

t.test('a picture that the customer sent is theirs to take along, and one of the staff is not', async (t) => {
  const id = await complained()
  const [mine, theirs] = [await phonePicture(71, 70), await phonePicture(72, 70)]
  const { body: sent } = await send('storefront', `/returns/${id}/photos`, mine)
  const { body: added } = await send('support', `/returns/${id}/photos`, theirs)
  const { rows: found } = await pool.query('select order_id from return_case where id = $1', [id])
  const { items } = (await call('support', 'GET', `/personal-data/${found[0].order_id}`)).body
  const categoryOf = (sha256: string) => items.find(({ value }: { value: unknown }) => value === sha256)?.category
  t.strictSame([categoryOf(sent.sha256), categoryOf(added.sha256)], ['given', 'quotation'])
  const { rows: kept } = await pool.query('select personal from photo where case_id = $1 order by id', [id])
  t.strictSame(kept[0].personal, { addedBy: 'customer' }, 'and not by which account')
})

t.test('the same picture again is the one that there is, however many send it at once', async (t) => {
  const id = await complained()
  const bytes = await phonePicture(90, 90)
  const all = await Promise.all([1, 2, 3].map(() => send('storefront', `/returns/${id}/photos`, bytes)))
  t.ok(all.every(({ status }) => status === 200 || status === 201))
  t.equal((await call('support', 'GET', `/returns/${id}/photos`)).body.items.length, 1)
})

t.test('a case has ten pictures at most, however many come at once', async (t) => {
  const id = await complained()
  const pictures = await Promise.all(Array.from({ length: 12 }, (_, n) => phonePicture(60 + n, 50)))
  const all = await Promise.all(pictures.map((bytes) => send('storefront', `/returns/${id}/photos`, bytes)))
  const kinds = all.map(({ status }) => status).sort()
  t.strictSame(kinds, [...Array(10).fill(201), 409, 409])
  t.match(all.find(({ status }) => status === 409)!.body, { type: '/problems/photo-limit-reached' })
})

t.test('what is no good picture is answered in plain words, and nothing of it is kept', async (t) => {
  const id = await complained()
  const before = (await rows()).length
  const picture = await phonePicture(800, 600)
  const wrong: [Buffer, number, string][] = [
    [SVG, 415, 'photo-type-unsupported'],
    [GIF, 415, 'photo-type-unsupported'],
    [Buffer.alloc(0), 415, 'photo-type-unsupported'],
    [picture.subarray(0, picture.length / 2), 400, 'photo-unreadable'],
    [Buffer.concat([picture, ZIP]), 400, 'photo-unreadable'],
    [Buffer.alloc(10 * 1024 * 1024 + 1, 1), 413, 'body-too-large'],
  ]
  for (const [bytes, status, kind] of wrong) {
    const answer = await send('storefront', `/returns/${id}/photos`, bytes)
    t.equal(answer.status, status, kind)
    t.equal(answer.body.type, `/problems/${kind}`)
  }
  t.match((await send('storefront', `/returns/${id}/photos`, wrong[5]![0])).body.detail, '10240 KiB')
  for (const type of ['application/json', 'text/html', 'multipart/form-data; boundary=x'])
    t.equal((await send('storefront', `/returns/${id}/photos`, Buffer.from('{}'), type)).status, 415, type)
  t.equal((await rows()).length, before)
})

t.test('what it is called is not asked: a JPEG sent as anything is a JPEG', async (t) => {
  const id = await complained()
  t.equal((await send('storefront', `/returns/${id}/photos`, await phonePicture(), 'application/pdf')).status, 201)
})

t.test(
  'staff has pictures go: they are shown to nobody at once, and file and hash are gone after a sweep',
  async (t) => {
    const id = await complained()
    const { body } = await send('storefront', `/returns/${id}/photos`, await phonePicture())
    await send('storefront', `/returns/${id}/photos`, await phonePicture(70, 70))
    const one = `/returns/${id}/photos/${body.sha256}`
    const { url } = (await call('support', 'GET', `/returns/${id}/photos`)).body.items[0]
    t.equal(await remove(one, 'storefront'), 403)
    t.equal(await remove(one, 'support'), 204)
    t.equal(await remove(one, 'support'), 404)
    t.equal((await show(one, 'support')).statusCode, 404)
    t.equal((await show(pathOf(url))).statusCode, 404, 'nor by an address that was given before')
    t.equal((await send('storefront', `/returns/${id}/photos`, await phonePicture())).status, 201, 'it may come again')
    t.equal(await remove(`/returns/${id}/photos`, 'support'), 204)
    t.equal(await remove(`/returns/${id}/photos`, 'support'), 204)
    await sweep()
    const gone = await db
      .selectFrom('photo')
      .select(['sha256', 'personal', 'gone_at'])
      .where('case_id', '=', id)
      .execute()
    t.equal(gone.length, 3)
    t.ok(
      gone.every(({ sha256, personal, gone_at }) => sha256 === null && gone_at && Object.keys(personal).length === 0),
    )
  },
)

t.test('a file that never came is given up after an hour, and the same picture can be sent again', async (t) => {
  const id = await complained()
  const { put } = deps.photoStore!
  deps.photoStore!.put = async () => {
    throw new Error('the disk is full')
  }
  t.match(await send('storefront', `/returns/${id}/photos`, await phonePicture()), {
    status: 503,
    body: { type: '/problems/photos-not-kept' },
  })
  t.strictSame(
    (await call('support', 'GET', `/returns/${id}/photos`)).body.items,
    [],
    'what is not written is not shown',
  )
  deps.photoStore!.put = put
  clock.at = '2026-06-10T11:00:00Z'
  await sweep()
  t.strictSame(
    (await rows()).filter((row) => row.stored_at === null && row.gone_at === null),
    [],
  )
  t.equal((await send('storefront', `/returns/${id}/photos`, await phonePicture())).status, 201)
})

t.test('a file that cannot be removed is removed at the next sweep', async (t) => {
  const id = await complained()
  await send('storefront', `/returns/${id}/photos`, await phonePicture())
  await remove(`/returns/${id}/photos`, 'support')
  const { remove: take } = deps.photoStore!
  deps.photoStore!.remove = async () => {
    throw new Error('no answer')
  }
  await sweep()
  const waiting = () =>
    db.selectFrom('photo').select('id').where('leaving_at', 'is not', null).where('gone_at', 'is', null).execute()
  t.equal((await waiting()).length, 1)
  deps.photoStore!.remove = take
  await sweep()
  t.equal((await waiting()).length, 0)
})
