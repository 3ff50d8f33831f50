import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { choosePorts } from '../ports.ts'

test('where a port is taken free ones are used, and it says which it was and how to choose others', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.after(() => taken.close())
  const { port } = taken.address() as { port: number }
  const lines: string[] = []
  const ports = await choosePorts(port, (line) => void lines.push(line))
  assert.match(lines.join('\n'), new RegExp(`\\b${port}\\b.* taken.*PORT_BASE=`))
  assert.ok(!Object.values(ports).includes(port))
  assert.equal(new Set(Object.values(ports)).size, Object.keys(ports).length)
})

test('a base of 0 takes free ports and says nothing', async () => {
  const ports = await choosePorts(0, () => assert.fail('nothing is to be said'))
  assert.ok(Object.values(ports).every((port) => port > 1024))
})
