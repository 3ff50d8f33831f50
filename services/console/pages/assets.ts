import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** What pages load, by the name that they load it under, and where it comes from. */
const SOURCES = {
  'theme.css': () => import.meta.resolve('@digdir/designsystemet-css/theme.css'),
  'designsystemet.css': () => import.meta.resolve('@digdir/designsystemet-css'),
  'htmx.js': () => import.meta.resolve('htmx.org/dist/htmx.min.js'),
  'copy.js': () => import.meta.resolve('./assets/copy.js'),
  'camera.js': () => import.meta.resolve('./assets/camera.js'),
  'console.css': () => import.meta.resolve('./assets/console.css'),
  'icon.svg': () => import.meta.resolve('./assets/icon.svg'),
}
export type Asset = keyof typeof SOURCES

type Found = { folder: string; file: string; hash: string }
const found = new Map<Asset, Found>()

/** The file of an asset and the beginning of its SHA-256, read once. */
function find(name: Asset): Found {
  const known = found.get(name)
  if (known !== undefined) return known
  const path = fileURLToPath(SOURCES[name]())
  const hash = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16)
  const asset = { folder: dirname(path), file: basename(path), hash }
  found.set(name, asset)
  return asset
}

/** The address of an asset: it changes with what is in it, so that a browser may keep it for a year. */
export const assetUrl = (name: Asset) => `/assets/${find(name).hash}/${name}`

/** Serves what pages load, under addresses that hold a hash of it; under any other hash there is nothing. */
export async function assets(server: FastifyInstance) {
  await server.register(fastifyStatic, { root: dirname(fileURLToPath(import.meta.url)), serve: false })
  const config = { access: 'public' as const, rateLimit: false as const }
  server.get<{ Params: { hash: string; name: string } }>('/assets/:hash/:name', { config }, (request, reply) => {
    const { hash, name } = request.params
    const asset = Object.hasOwn(SOURCES, name) ? find(name as Asset) : undefined
    if (asset?.hash !== hash) return reply.callNotFound()
    reply.removeHeader('vary')
    return reply.sendFile(asset.file, asset.folder, { maxAge: '365d', immutable: true })
  })
}
