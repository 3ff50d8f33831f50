import { createRequire } from 'node:module'
import type { SerializerFactory } from '@fastify/fast-json-stringify-compiler'
import { lazily } from './lazily.ts'

const require = createRequire(import.meta.url)

type Write = (answer: unknown) => string
/** What writes answers of a schema, by all that its schema says: most doors share their problems, and some their answers. */
const written = new Map<string, Write>()

/**
 * Fastify's own way to write answers. What writes those of a schema is compiled for the first of them, once in a process: most routes of a
 * start wait for none, and to compile a choice between many shapes takes a tenth of a second.
 */
export const buildSerializer: SerializerFactory = (schemas, options) => {
  const compiler = lazily(() => {
    const { SerializerSelector } = require('@fastify/fast-json-stringify-compiler')
    return SerializerSelector()(schemas, options)
  })
  const others = lazily(() => JSON.stringify([schemas, options]))
  return (route) => {
    const write = lazily(() =>
      written.getOrInsertComputed(`${others()} ${JSON.stringify(route.schema)}`, () => compiler()(route) as Write),
    )
    return (answer) => write()(answer)
  }
}
