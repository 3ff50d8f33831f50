import { isDeepStrictEqual } from 'node:util'
import { hoist } from './hoist.ts'
import { inertDeps } from './inert.ts'
import { sorted } from './sorted.ts'

type App = { ready(): PromiseLike<unknown>; swagger(): object; close(): PromiseLike<unknown> }
type Responses = Record<string, unknown>
type Document = {
  paths: Record<string, Record<string, { responses?: Responses }>>
  components: { schemas?: object; responses?: object }
}

/** The OpenAPI 3.1 document of a service, from its routes alone: nothing that they would work with is there. */
export async function openApi<Deps>(createApp: (deps: Deps) => Promise<App>): Promise<Document> {
  const app = await createApp(inertDeps() as Deps)
  await app.ready()
  const { paths, components, ...document } = app.swagger() as Document
  await app.close()
  const schemas = {}
  const hoisted = hoist(sorted(paths), schemas) as Document['paths']
  const responses = hoistProblems(hoisted)
  return { ...document, components: { ...components, responses, schemas: sorted(schemas) }, paths: hoisted }
}

/** Puts a reference in the place of each problem that a route may answer: `Problem404` is the same at every route. */
function hoistProblems(paths: Document['paths']) {
  const found: Record<string, unknown> = {}
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods)))
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      if (Number(status) < 400) continue
      const name = `Problem${status}`
      found[name] ??= response
      if (!isDeepStrictEqual(found[name], response)) throw new Error(`Two different answers are called ${name}.`)
      operation.responses![status] = { $ref: `#/components/responses/${name}` }
    }
  return sorted(found)
}
