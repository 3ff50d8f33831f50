import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

type Node = { id: number; callFrame: { functionName: string; url: string }; children?: number[] }
/** As `node --cpu-prof` writes it: which node was on top at each sample, and the microseconds since the one before. */
export type Profile = { nodes: Node[]; samples: number[]; timeDeltas: number[] }

/** What a process was busy with, in percent of the time that it was busy, most first. */
export type Cost = { what: string; percent: number }

const IDLE = '(idle)'

/** The largest profile in a folder, which is of the process that did the work; undefined where there is none. */
export function profileIn(folder: string): Profile | undefined {
  const [largest] = readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => join(folder, name))
    .sort((one, other) => statSync(other).size - statSync(one).size)
  return largest === undefined ? undefined : (JSON.parse(readFileSync(largest, 'utf8')) as Profile)
}

/** Each moment counts for what ran in it itself: a package, a part of Node, a room of the house, or what V8 does on its own. */
export function costsOf({ nodes, samples, timeDeltas }: Profile): Cost[] {
  const what = new Map(nodes.map((node) => [node.id, groupOf(node)]))
  const spent = new Map<string, number>()
  for (const [at, id] of samples.entries()) {
    const group = what.get(id)!
    if (group !== IDLE) spent.set(group, (spent.get(group) ?? 0) + Math.max(0, timeDeltas[at] ?? 0))
  }
  const busy = spent.values().reduce((sum, each) => sum + each, 0)
  return [...spent]
    .map(([what, time]) => ({ what, percent: Math.round((1_000 * time) / busy) / 10 }))
    .sort((a, b) => b.percent - a.percent)
}

const PACKAGE = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//
const ROOM = /\/((?:libs|services)\/[^/]+(?:\/[^/.]+)?)\//

/** Whose a function is: a package, a part of Node, a room of the house, or V8's own. */
export function groupOf({ callFrame: { functionName, url } }: Node) {
  if (url === '') return functionName.startsWith('(') ? functionName : `V8: ${functionName || 'native code'}`
  if (url.startsWith('node:')) return url.replace(/^(node:(?:internal\/)?[^/]+).*$/, '$1')
  return PACKAGE.exec(url)?.[1] ?? ROOM.exec(url)?.[1] ?? 'other'
}
