import type { Plan } from './rooms.ts'

/** `circles` are groups of files that import each other; `valueCircles` those that stay when types are erased. */
export type Drawing = { folder: string; plan: Plan; circles: string[][]; valueCircles: string[][] }

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

/** The plan in words: its figures in the first line, then its rooms from the top floor down, then what runs back up. */
export function asText({ folder, plan, circles, valueCircles }: Drawing) {
  const { rooms, arrows, floors } = plan
  const up = arrows.filter((arrow) => arrow.up)
  const figures = [plural(rooms.length, 'room'), plural(floors, 'floor'), plural(arrows.length, 'arrow')].join(', ')
  return [
    `${folder || 'The whole house'}: ${figures} (${up.length} run back up), ${plural(circles.length, 'circle')} of files (${valueCircles.length} of values)`,
    '',
    ...rooms.map(({ name, lines, floor }) => `floor ${String(floor).padStart(2)}  ${name}  ${plural(lines, 'line')}`),
    ...listed('Arrows', [...arrows].sort(byName).map(inWords)),
    ...listed(
      'Circles of files',
      circles.map((circle) => circle.join(', ')),
    ),
    ...listed(
      'Circles of values',
      valueCircles.map((circle) => circle.join(', ')),
    ),
  ].join('\n')
}

const byName = (a: { from: string; to: string }, b: { from: string; to: string }) =>
  `${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1
const inWords = ({ from, to, values, types, up }: Plan['arrows'][number]) =>
  `${from} → ${to}  ${[values > 0 && plural(values, 'value'), types > 0 && plural(types, 'type')].filter(Boolean).join(', ')}${up ? ', runs back up' : ''}`
const listed = (title: string, lines: string[]) =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)]

/** The same as a Mermaid flowchart: a box per room, a broken line for what only types tie. */
export function asMermaid({ plan: { rooms, arrows } }: Drawing) {
  const ids = new Map(rooms.map(({ name }, index) => [name, `r${index}`]))
  return [
    'flowchart TD',
    ...rooms.map(({ name, lines }) => `  ${ids.get(name)}["${name}<br>${lines}"]`),
    ...[...arrows].sort(byName).map(({ from, to, values }) => {
      return `  ${ids.get(from)} ${values > 0 ? '-->' : '-.->'} ${ids.get(to)}`
    }),
  ].join('\n')
}
