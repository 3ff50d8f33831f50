import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

export type Call = { path: string; query: Record<string, string>; body: unknown }

/** A shop's door for callbacks, which answers each call with the status that it is given. */
export async function openDoor(t: TestContext, answer: (calls: Call[]) => number) {
  const calls: Call[] = []
  const door = createServer(async (request, response) => {
    const text = (await request.toArray()).join('')
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://shop')
    calls.push({ path: pathname, query: Object.fromEntries(searchParams), body: text && JSON.parse(text) })
    response.writeHead(answer(calls)).end()
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    door.closeAllConnections()
    door.close()
  })
  return { calls, notification: `http://127.0.0.1:${(door.address() as AddressInfo).port}/klarna?secret=abc` }
}
