import { createServer } from 'node:http'
import { temporaryFolder } from '@vilkar/testing/temporary-folder.ts'
import tap from 'tap'
import { createPhotoStore, type PhotoStore } from '../store.ts'

const BYTES = Buffer.from([0xff, 0xd8, 0, 1, 2])

async function keepsAndForgets(t: typeof tap, store: PhotoStore) {
  await store.put('ab/one.jpg', BYTES)
  await store.put('ab/one.jpg', BYTES)
  t.ok(BYTES.equals(await store.get('ab/one.jpg')), 'what was put twice is there')
  t.ok(BYTES.equals((await store.find('ab/one.jpg'))!))
  await store.remove('ab/one.jpg')
  await t.rejects(store.get('ab/one.jpg'))
  t.equal(await store.find('ab/one.jpg'), undefined, 'what is not there is no failure of the store')
  await t.resolves(store.remove('ab/one.jpg'), 'what is gone may be removed again')
}

tap.test('a folder keeps pictures', async (t) => {
  await keepsAndForgets(t as typeof tap, createPhotoStore({ PHOTO_STORE: `${await temporaryFolder()}/deep/in` })!)
})

tap.test('a bucket keeps pictures, by signed requests', async (t) => {
  const kept = new Map<string, Buffer>()
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    asked.push(`${request.method} ${request.headers.authorization?.split(' ')[0]}`)
    const path = request.url!.split('?')[0]!
    const body = Buffer.concat(await Array.fromAsync(request))
    if (request.method === 'PUT') kept.set(path, body)
    if (request.method === 'DELETE') kept.delete(path)
    const found = request.method === 'GET' ? kept.get(path) : Buffer.alloc(0)
    if (found === undefined) response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
    else response.writeHead(request.method === 'DELETE' ? 204 : 200).end(found)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.teardown(() => server.close())
  const { port } = server.address() as { port: number }
  const store = createPhotoStore({
    PHOTO_STORE: `s3://pictures?region=eu-north-1&endpoint=http://127.0.0.1:${port}`,
    ...{ AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' },
  })!
  await keepsAndForgets(t as typeof tap, store)
  t.ok(asked.length >= 6)
  t.ok(asked.every((each) => each.endsWith(' AWS4-HMAC-SHA256')))
})

tap.test('a shop that names no store keeps no pictures', async (t) => t.equal(createPhotoStore({}), undefined))
