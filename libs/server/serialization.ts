import { createRequire } from 'node:module'
import type { SerializerFactory } from '@fastify/fast-json-stringify-compiler'
import { lazily } from './lazily.ts'

const require = createRequire(import.meta.url)

/** Fastify's own way to write answers. What writes a route's is compiled for its first answer: most routes of a start wait for none. */
export const buildSerializer: SerializerFactory = (schemas, options) => {
  const compiler = lazily(() => {
    const { SerializerSelector } = require('@fastify/fast-json-stringify-compiler')
    return SerializerSelector()(schemas, options)
  })
  return (route) => {
    const write = lazily(() => compiler()(route))
    return (answer) => write()(answer)
  }
}
