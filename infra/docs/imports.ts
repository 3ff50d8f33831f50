import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** What a file names to import: a `typeOnly` import is erased before the code runs. */
export type Import = { specifier: string; typeOnly: boolean }
/** An import that leads from one file of the repository to another, both as paths from its root. */
export type Arrow = { from: string; to: string; typeOnly: boolean }

const IMPORT =
  /^(?:import|export)\s+(?<type>type\s+)?(?:[\w$]+\s*,?\s*)?(?<names>\*(?:\s+as\s+[\w$]+)?|\{[^}]*\})?\s*from\s+'(?<from>[^']+)'|^import\s+'(?<bare>[^']+)'|\bimport\('(?<dynamic>[^']+)'\)/gm

/** The imports of a file, in their order. `import { type A }` counts as type-only: no value comes from it. */
export const importsOf = (text: string): Import[] =>
  [...text.matchAll(IMPORT)].map(({ groups: { type, names, from, bare, dynamic } = {} }) => ({
    specifier: (from ?? bare ?? dynamic)!,
    typeOnly: type !== undefined || namesTypesOnly(names),
  }))

function namesTypesOnly(names = '') {
  const list = names.startsWith('{') ? names.slice(1, -1).split(',') : []
  const named = list.map((name) => name.trim()).filter((name) => name !== '')
  return named.length > 0 && named.every((name) => name.startsWith('type '))
}

/** The files under `pattern` of the repository at `root`, sorted; what is installed is left out. */
export const findFiles = (root: string, pattern: string) =>
  globSync(pattern, { cwd: root, exclude: ['**/node_modules/**'] }).sort()

/** Each package of the repository by its name: `@vilkar/orders` stands in `services/orders`. */
export const readPackages = (root: string) =>
  new Map(
    findFiles(root, '{libs,services,infra}/*/package.json').map((path): [name: string, folder: string] => [
      JSON.parse(readFileSync(join(root, path), 'utf8')).name,
      dirname(path),
    ]),
  )

/** The file of the repository that an import in `path` leads to; undefined for a package of others or of Node. */
export function fileOf(path: string, specifier: string, packages: Map<string, string>) {
  if (specifier.startsWith('.')) return normalize(join(dirname(path), specifier))
  const [scope, name, ...rest] = specifier.split('/')
  const folder = packages.get(`${scope}/${name}`)
  return folder === undefined ? undefined : [folder, ...rest].join('/')
}

/** Every import between two files that run: tests are left out. */
export function readArrows(root: string): Arrow[] {
  const packages = readPackages(root)
  const files = findFiles(root, '{libs,services,infra}/**/*.ts').filter((path) => !path.includes('/test/'))
  return files.flatMap((from) =>
    importsOf(readFileSync(join(root, from), 'utf8')).flatMap(({ specifier, typeOnly }) => {
      const to = fileOf(from, specifier, packages)
      return to === undefined ? [] : [{ from, to, typeOnly }]
    }),
  )
}
