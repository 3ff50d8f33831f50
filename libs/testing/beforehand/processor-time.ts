import { existsSync, readFileSync } from 'node:fs'

/** How the comment of a report begins that tells what a file cost. */
export const PROCESSOR_TIME = 'processor milliseconds: '

/** Milliseconds that processes took which this one started, which have ended, and theirs: `cutime` and `cstime` of proc(5), in hundredths of a second; 0 where there is no proc. */
export function msOfEndedProcesses() {
  if (!existsSync('/proc/self/stat')) return 0
  const times = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)!.split(' ')
  return times.slice(13, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0)
}
