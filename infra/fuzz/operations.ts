/** JSON Schema as the services' documents write it: with everything in its place, without references. */
export type Schema = {
  type?: string
  format?: string
  pattern?: string
  const?: unknown
  enum?: unknown[]
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  anyOf?: Schema[]
  examples?: unknown
}
export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema }
export type Response = { content?: Record<string, { schema: Schema }> }
/** A door as its document describes it, at the address of its service. */
export type Operation = {
  name: string
  service: string
  origin: string
  method: string
  path: string
  isPublic: boolean
  parameters: Parameter[]
  body?: Schema
  responses: Record<string, Response>
}

type Document = {
  paths: Record<
    string,
    Record<
      string,
      {
        security?: object[]
        parameters?: Parameter[]
        requestBody?: { content: Record<string, { schema: Schema }> }
        responses: Record<string, Response>
      }
    >
  >
}

/** Every documented door of the services, in the order of their documents. `origins` are their addresses by name. */
export async function readOperations(origins: Record<string, string>): Promise<Operation[]> {
  const read = Object.entries(origins).map(async ([service, origin]) => {
    const { paths } = (await (await fetch(`${origin}/docs/json`)).json()) as Document
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { security, parameters = [], requestBody, responses }]): Operation => {
        const body = requestBody?.content['application/json']?.schema
        return {
          ...{ name: `${service} ${method.toUpperCase()} ${path}`, service, origin, path, parameters, responses },
          ...{ method: method.toUpperCase(), isPublic: security === undefined, ...(body && { body }) },
        }
      }),
    )
  })
  return (await Promise.all(read)).flat()
}
