import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import t from 'tap'
import { choosePorts } from '../ports.ts'

t.test('where a port is taken free ones are used, and it says which it was and how to choose others', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.teardown(() => taken.close())
  const { port } = taken.address() as { port: number }
  const lines: string[] = []
  const ports = await choosePorts(port, (line) => void lines.push(line))
  t.match(lines.join('\n'), new RegExp(`\\b${port}\\b.* taken.*PORT_BASE=`))
  t.ok(!Object.values(ports).includes(port))
  t.equal(new Set(Object.values(ports)).size, Object.keys(ports).length)
})

t.test('a base of 0 takes free ports and says nothing', async (t) => {
  const ports = await choosePorts(0, () => assert.fail('nothing is to be said'))
  t.ok(Object.values(ports).every((port) => port > 1024))
})
