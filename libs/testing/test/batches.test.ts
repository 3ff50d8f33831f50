import { globSync, readFileSync } from 'node:fs'
import t from 'tap'
import { batchesOf, guessedSeconds, isShared } from '../batches.ts'

const planned = (file: string, seconds: number, isShared = true) => ({ file, isShared, seconds })

t.test('files of one package share a process, as many as are worth it, and what takes longest begins', async (t) => {
  const short = Array.from({ length: 14 }, (_, n) => planned(`services/orders/test/${n}.test.ts`, 1))
  const long = [planned('services/returns/test/a.test.ts', 30), planned('services/returns/test/b.test.ts', 30)]
  const alone = [planned('test/e2e/story.test.ts', 20, false), planned('test/e2e/storm.test.ts', 90, false)]
  t.strictSame(batchesOf([...short, ...long, ...alone]), [
    ['test/e2e/storm.test.ts'],
    ['services/returns/test/a.test.ts'],
    ['services/returns/test/b.test.ts'],
    ['test/e2e/story.test.ts'],
    short.slice(0, 12).map(({ file }) => file),
    short.slice(12).map(({ file }) => file),
  ])
  t.strictSame(batchesOf([planned('libs/terms/test/one.test.ts', 500)]), [['libs/terms/test/one.test.ts']])
  const stories = ['abroad', 'story'].map((name) => planned(`test/e2e/${name}.test.ts`, 60))
  t.strictSame(batchesOf(stories), [stories.map(({ file }) => file)], 'stories of one house')
  t.strictSame(batchesOf([]), [])
})

t.test('of what has not run here yet whole stories begin, and what is short ends', async (t) => {
  const files = [
    planned('services/orders/test/order/order.test.ts', 0),
    planned('libs/server/test/jobs.test.ts', 0, false),
    planned('infra/chaos/test/chaos.test.ts', 0, false),
    planned('test/e2e/story.test.ts', 0, false),
  ]
  const guessed = files.map((each) => ({ ...each, seconds: guessedSeconds(each.file, each.isShared) }))
  t.strictSame(batchesOf(guessed).flat(), files.map(({ file }) => file).reverse())
  t.ok(
    guessedSeconds('libs/testing/test/test-file.test.ts', false) > guessedSeconds('libs/testing/test/a.test.ts', false),
  )
  const inBrowser = 'const browser = await startBrowser(t)\n'
  t.ok(
    guessedSeconds('services/console/test/a.test.ts', true, inBrowser) >
      guessedSeconds('services/console/test/a.test.ts', true),
  )
})

t.test('whoever starts processes or changes what a whole process has is alone', async (t) => {
  t.ok(isShared('services/orders/test/order/order.test.ts', ''))
  t.notOk(isShared('test/e2e/storm.test.ts', ''))
  t.ok(isShared('test/e2e/story.test.ts', 'const house = await sharedHouse()\n'))
  t.notOk(
    isShared('services/orders/test/order/order.test.ts', "import t from 'tap'\n// Alone in its process, which …\n"),
  )
  const root = new URL('../../../', import.meta.url)
  const files = globSync('{libs,services,infra}/**/*.test.ts', { cwd: root, exclude: ['**/node_modules/**'] })
  const adding = files
    .map((file) => ({ file, text: readFileSync(new URL(file, root), 'utf8') }))
    .filter(({ text }) => /^import .*\/add-[a-z]+\.ts'|^\s*addSeller\(/m.test(text))
  t.ok(adding.length > 0)
  t.strictSame(
    adding.filter(({ file, text }) => isShared(file, text)),
    [],
    'a seller more is one for all files of a process',
  )
})
