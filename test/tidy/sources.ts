import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fileOf, findFiles, importsOf } from '../../infra/docs/imports.ts'

/** A file with what the rules look at: `code` is the text without comments and without what stands in quotes. */
export type Source = { path: string; text: string; code: string; imports: string[] }
type Declared = Record<string, string>

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))
export const find = (pattern: string) => findFiles(ROOT, pattern)
export const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

const NOT_CODE = /\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g

export const sourceOf = (path: string, text: string): Source => ({
  path,
  text,
  code: text.replace(NOT_CODE, (match) => (/^['"`]/.test(match) ? `''` : '')),
  imports: importsOf(text).map(({ specifier }) => specifier),
})

/** Written by a command, and read by the type checker alone. */
const GENERATED = 'libs/client/generated/'

export const sources = find('{libs,services,infra,test}/**/*.ts')
  .filter((path) => !path.startsWith(GENERATED))
  .map((path) => sourceOf(path, read(path)))
export const manifests = find('{package.json,{libs,services,infra}/*/package.json}').map((path) => {
  const { name, dependencies = {}, devDependencies = {} } = JSON.parse(read(path))
  return { path, folder: dirname(path), name, declared: { ...dependencies, ...devDependencies } as Declared }
})

export const isTest = (path: string) => /(^|\/)test\//.test(path)
export const isEntry = (path: string) => /(^|\/)(main|run)\.ts$/.test(path)
/** What runs: no test, and none of the worked cases, which are tests in a table. */
export const runs = ({ path }: { path: string }) => !isTest(path) && !path.includes('/cases/')
export const folderOf = (path: string) => (path.startsWith('test/') ? '.' : path.split('/').slice(0, 2).join('/'))
export const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
export const isPackage = (specifier: string) => !/^(\.|node:)/.test(specifier)

const packages = new Map(manifests.map(({ name, folder }) => [name, folder]))
/** The file of ours that an import leads to; undefined for what is not ours. */
export const fileAt = (path: string, specifier: string) => fileOf(path, specifier, packages)
/** The folder that an import leads to, such as `services/orders`; undefined for what is not ours. */
export const targetOf = (path: string, specifier: string) => {
  const file = fileAt(path, specifier)
  return file === undefined ? undefined : folderOf(file)
}
