import t from 'tap'
import { unreached } from './tidy/reached.ts'
import { fileAt, runs, sources } from './tidy/sources.ts'

const LIBRARY = 'libs/terms/privacy/'
const textsOf = (some: typeof sources) => new Map(some.map(({ path, text }) => [path, text]))
const running = sources.filter((source) => runs(source) && /^(services|libs)\//.test(source.path))
const library = textsOf(running.filter(({ path }) => path.startsWith(LIBRARY)))
/** Whatever else refers to a file of it: the services, and the policies that these read. */
const callers = textsOf(
  running.filter(
    ({ path, imports }) =>
      !path.startsWith(LIBRARY) && imports.some((specifier) => fileAt(path, specifier)?.startsWith(LIBRARY)),
  ),
)

t.test(
  'every rule about personal data is reached by something that runs, and none is the library’s alone',
  async (t) => {
    t.ok(library.size > 8 && [...callers.keys()].some((path) => path.startsWith('services/privacy/requests/')))
    t.strictSame(unreached(library, callers, fileAt), [])
  },
)

t.test(
  'a rule that only its test or another dead rule asks, or that is named and not asked, is not reached',
  async (t) => {
    const rule = `${LIBRARY}rule.ts`
    const text = `
    import { used } from './used.ts'
    const why = { dead: 1, asked: 2 }
    export function asked() { return used(why.asked) }
    export function dead() { return asked() }
    export const alone = () => dead()
    export const onlyImported = () => 1
    export type Fact = { alone: number }`
    const files = new Map([
      [rule, text],
      [`${LIBRARY}used.ts`, 'export const used = (count: number) => count'],
    ])
    const service = `import { asked, onlyImported } from '@vilkar/terms/privacy/rule.ts'\nexport const door = () => ({ alone: asked() })`
    const found = unreached(files, new Map([['services/privacy/door.ts', service]]), fileAt)
    t.strictSame(
      found,
      ['dead', 'alone', 'onlyImported'].map((name) => `${rule}#${name}`),
    )
  },
)

t.test('a door that stops to ask a rule leaves it unreached', async (t) => {
  const door = 'services/privacy/requests/http/handle-request.ts'
  const planted = new Map(callers).set(door, callers.get(door)!.replace('= identityProof(', '= anyProof('))
  t.not(planted.get(door), callers.get(door))
  t.strictSame(unreached(library, planted, fileAt), [`${LIBRARY}requests.ts#identityProof`])
})
