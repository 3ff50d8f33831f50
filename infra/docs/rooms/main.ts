/**
 * Prints the rooms of a folder, such as `services/orders`, and the imports between them; without a folder the packages of
 * the whole house. `--mermaid` prints a flowchart instead; `--root` reads another checkout.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { circlesOf } from '../circles.ts'
import { findFiles, readArrows } from '../imports.ts'
import { planOf } from './rooms.ts'
import { asMermaid, asText } from './text.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mermaid: { type: 'boolean', default: false },
    root: { type: 'string', default: fileURLToPath(new URL('../../../', import.meta.url)) },
  },
})
const { root, mermaid } = values
const folder = (positionals[0] ?? '').replace(/\/$/, '')
const inFolder = (path: string) => folder === '' || path.startsWith(`${folder}/`)

const files = findFiles(root, '{libs,services,infra}/**/*.{ts,sql}').filter(inFolder)
const linesOf = new Map(
  files
    .filter((path) => !path.includes('/test/'))
    .map((path) => [path, readFileSync(join(root, path), 'utf8').split('\n').length - 1]),
)
if (linesOf.size === 0) throw new Error(`There is no code in ${folder}.`)
const arrows = readArrows(root).filter(({ from, to }) => inFolder(from) && inFolder(to))
const drawing = {
  folder,
  plan: planOf(folder, linesOf, arrows),
  circles: circlesOf(arrows),
  valueCircles: circlesOf(arrows.filter(({ typeOnly }) => !typeOnly)),
}
console.log(mermaid ? asMermaid(drawing) : asText(drawing))
