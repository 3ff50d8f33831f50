import { type ChildProcess, execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** The field of /proc/<pid>/stat that says when the process was started, counted behind the name in brackets (proc(5)). */
const START_TIME = 19

/** Processes that end with this one, and by which signal. */
const bound = new Map<ChildProcess, NodeJS.Signals>()
const endBound = () => {
  for (const [child, signal] of bound) child.kill(signal)
}

/** Whatever ends this process ends `child` too: it is left behind by no fault of ours. */
export function endsWithUs(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL') {
  if (bound.size === 0) process.once('exit', endBound)
  bound.set(child, signal)
  child.once('exit', () => {
    bound.delete(child)
    if (bound.size === 0) process.removeListener('exit', endBound)
  })
}

export function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process was started, in the words of this machine; the same for as long as it lives. Empty when it does not. */
export async function startOf(pid: number) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (stat !== undefined) return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_TIME]!
  return (await ps('lstart', pid)).trim()
}

/** The process that a pid file names, if it runs that program on that folder. */
export async function runningProcess(pidFile: string, program: string, directory: string) {
  const text = await readFile(pidFile, 'utf8').catch(() => '')
  const pid = Number(text.split('\n')[0])
  if (!(pid > 0)) return undefined
  const command = ` ${(await ps('args', pid)).trim()} `
  return command.includes(program) && command.includes(` ${directory} `) ? pid : undefined
}

const ps = (field: string, pid: number) =>
  run('ps', ['-ww', '-o', `${field}=`, '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  )
