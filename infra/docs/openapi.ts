import { hoist } from './hoist.ts'
import { sorted } from './sorted.ts'

type App = { ready(): PromiseLike<unknown>; swagger(): object; close(): PromiseLike<unknown> }
type Document = { paths: Record<string, object>; components: { schemas?: object } }

/** The OpenAPI 3.1 document of a service, from its routes alone: nothing that they would work with is there. */
export async function openApi<Deps>(createApp: (deps: Deps) => Promise<App>): Promise<Document> {
  const app = await createApp(inert('deps') as Deps)
  await app.ready()
  const { paths, components, ...document } = app.swagger() as Document
  await app.close()
  const schemas = {}
  const hoisted = hoist(sorted(paths), schemas) as Document['paths']
  return { ...document, components: { ...components, schemas: sorted(schemas) }, paths: hoisted }
}

const silence = () => {}
const levels = { fatal: silence, error: silence, warn: silence, info: silence, debug: silence, trace: silence }
const log = { ...levels, level: 'silent', child: () => log }

/** What routes may read while they are declared. The provider's name is part of a path's schema. */
const known: Record<string, unknown> = { log, provider: { name: 'klarna' }, doors: { verifyToken: silence } }

/** Stands in for what a service works with: it can be handed on, but whoever reads or calls a part of it is told off. */
function inert(name: string): object {
  const stop = () => {
    throw new Error(`${name} must not be used while the documents are generated.`)
  }
  return new Proxy(silence, {
    apply: stop,
    get(_target, part) {
      if (name !== 'deps') return stop()
      return String(part) in known ? known[String(part)] : inert(String(part))
    },
  })
}
