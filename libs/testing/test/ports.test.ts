import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { freePort } from '../ports.ts'

const PORTS = fileURLToPath(new URL('../ports.ts', import.meta.url))
/** A process that is given three ports, uses none, and ends when it is told to. It takes itself for this one, so that it tries the same first. */
const asking = `
  Object.defineProperty(process, 'pid', { value: ${process.pid} })
  const { freePort } = await import(${JSON.stringify(PORTS)})
  for (let n = 0; n < 3; n += 1) console.log(await freePort())
  process.stdin.resume().once('end', () => process.exit())`

t.test('many ports that are asked for at once have one listener at the end of the process', async (t) => {
  const before = process.listenerCount('exit')
  const given = await Promise.all(Array.from({ length: 12 }, freePort))
  t.equal(new Set(given).size, 12)
  t.ok(process.listenerCount('exit') <= before + 1)
})

t.test('processes that try the same ports at the same moment are given others, before anybody uses them', async (t) => {
  const processes = Array.from({ length: 4 }, () => spawn(process.execPath, ['--input-type=module', '-e', asking]))
  const given = await Promise.all(
    processes.map(async ({ stdout }) => {
      const lines: string[] = []
      for await (const line of createInterface({ input: stdout })) if (lines.push(line) === 3) break
      return lines
    }),
  )
  const all = [...given.flat(), String(await freePort())]
  t.equal(all.length, 13)
  t.equal(new Set(all).size, all.length, all.join())
  await Promise.all(
    processes.map(async (child) => {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    }),
  )
})
