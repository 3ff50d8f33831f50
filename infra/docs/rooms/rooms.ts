import type { Arrow } from '../imports.ts'

/** A room is a folder or a file that stands directly in the folder that is drawn. */
export type Room = { name: string; lines: number; floor: number }
/** `strength` counts the imports behind an arrow; `up` marks one that would close a circle of rooms. */
export type RoomArrow = { from: string; to: string; values: number; types: number; up: boolean }
export type Plan = { rooms: Room[]; arrows: RoomArrow[]; floors: number }

/** The room of a file: for the repository's root (`''`) its package, elsewhere what stands directly in the folder. */
export function roomOf(folder: string, path: string) {
  const parts = folder === '' ? path.split('/') : path.slice(folder.length + 1).split('/')
  if (folder === '') return `${parts.slice(0, 2).join('/')}/`
  return parts.length > 1 ? `${parts[0]}/` : parts[0]!
}

/**
 * The rooms of a folder, the arrows between them and the floor on which each stands: one above the highest that it imports,
 * types included. Where rooms import each other in a circle, the arrows with the fewest imports of values, then of types,
 * run back up and lift nobody.
 */
export function planOf(folder: string, linesOf: Map<string, number>, imports: Arrow[]): Plan {
  const inside = (path: string) => linesOf.has(path)
  const lines = new Map<string, number>()
  for (const [path, count] of linesOf) {
    const room = roomOf(folder, path)
    lines.set(room, (lines.get(room) ?? 0) + count)
  }
  const between = imports
    .filter(({ from, to }) => inside(from) && inside(to))
    .map(({ from, to, typeOnly }) => ({ from: roomOf(folder, from), to: roomOf(folder, to), typeOnly }))
    .filter(({ from, to }) => from !== to)
  const arrows = withBackArrows(
    [...Map.groupBy(between, ({ from, to }) => `${from} ${to}`).values()].map((group) => ({
      from: group[0]!.from,
      to: group[0]!.to,
      values: group.filter(({ typeOnly }) => !typeOnly).length,
      types: group.filter(({ typeOnly }) => typeOnly).length,
    })),
  )
  const floorOf = floorsOf(arrows)
  const rooms = [...lines].map(([name, count]) => ({ name, lines: count, floor: floorOf(name) }))
  rooms.sort((a, b) => b.floor - a.floor || b.lines - a.lines)
  return { rooms, arrows, floors: Math.max(0, ...rooms.map(({ floor }) => floor)) }
}

function withBackArrows(arrows: Omit<RoomArrow, 'up'>[]): RoomArrow[] {
  const strongestFirst = arrows.toSorted(
    (a, b) => b.values - a.values || b.types - a.types || (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1),
  )
  const down = new Map<string, string[]>()
  const reaches = (from: string, to: string): boolean =>
    from === to || (down.get(from) ?? []).some((next) => reaches(next, to))
  return strongestFirst.map((arrow) => {
    const up = reaches(arrow.to, arrow.from)
    if (!up) down.set(arrow.from, [...(down.get(arrow.from) ?? []), arrow.to])
    return { ...arrow, up }
  })
}

function floorsOf(arrows: RoomArrow[]) {
  const down = Map.groupBy(
    arrows.filter(({ up }) => !up),
    ({ from }) => from,
  )
  const known = new Map<string, number>()
  return function floorOf(room: string): number {
    if (!known.has(room)) known.set(room, 1 + Math.max(0, ...(down.get(room) ?? []).map(({ to }) => floorOf(to))))
    return known.get(room)!
  }
}
