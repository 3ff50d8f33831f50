import { hoist } from './hoist.ts'
import { inertDeps } from './inert.ts'
import { sorted } from './sorted.ts'

type App = { ready(): PromiseLike<unknown>; swagger(): object; close(): PromiseLike<unknown> }
type Document = { paths: Record<string, object>; components: { schemas?: object } }

/** The OpenAPI 3.1 document of a service, from its routes alone: nothing that they would work with is there. */
export async function openApi<Deps>(createApp: (deps: Deps) => Promise<App>): Promise<Document> {
  const app = await createApp(inertDeps() as Deps)
  await app.ready()
  const { paths, components, ...document } = app.swagger() as Document
  await app.close()
  const schemas = {}
  const hoisted = hoist(sorted(paths), schemas) as Document['paths']
  return { ...document, components: { ...components, schemas: sorted(schemas) }, paths: hoisted }
}
