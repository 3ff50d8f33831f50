import { readdirSync, readFileSync } from 'node:fs'

/** How long a tick is by which Linux counts (`getconf CLK_TCK`: 100 a second on every machine of today). */
const TICK_MS = 10
/** Where proc(5) has a process's own time and that of its ended children, and its parent, counted from the field after its name. */
const TIMES = [11, 15] as const
const PARENT = 1

type Process = { pid: number; parent: number; name: string; ms: number }

/** The processor time, in milliseconds, of processes with one of these ids or names and of all that they have started. */
export function processorTime(...wanted: (number | string)[]): number {
  const all = processes()
  const spent = ({ pid, ms }: Process): number =>
    all.filter(({ parent }) => parent === pid).reduce((sum, child) => sum + spent(child), ms)
  const isWanted = ({ pid, name }: Process) => wanted.includes(pid) || wanted.includes(name)
  const parents = new Set(all.filter(isWanted).map(({ pid }) => pid))
  return all.filter((each) => isWanted(each) && !parents.has(each.parent)).reduce((sum, each) => sum + spent(each), 0)
}

/** All processes below this one. */
function processes(): Process[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readStat(Number(pid)) ?? [])
  const below = (pid: number): Process[] =>
    all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid)])
  return below(process.pid)
}

function readStat(pid: number): Process | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ms = fields.slice(...TIMES).reduce((sum, ticks) => sum + Number(ticks), 0) * TICK_MS
    return { pid, parent: Number(fields[PARENT]), name: text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')), ms }
  } catch {
    return undefined
  }
}
