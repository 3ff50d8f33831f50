import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * A TCP proxy on loopback that can fall silent: it keeps its connections, and takes what is sent to it, and passes on nothing of
 * it, as a network does that lost a route. `speak` lets new connections through; those of before stay silent.
 */
export async function startProxy({ host, port }: { host: string; port: number }) {
  const open = new Set<Socket>()
  let silent = false
  const keep = (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => open.delete(socket))
    return socket
  }
  const server = createServer((near) => {
    keep(near)
    if (silent) return void near.resume()
    const far = keep(connect({ host, port }))
    near.pipe(far)
    far.pipe(near)
    near.once('close', () => far.destroy())
    far.once('close', () => near.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    fallSilent() {
      silent = true
      for (const socket of open) socket.unpipe().resume()
    },
    speak() {
      silent = false
    },
    /** Breaks the connections that there are. */
    cut() {
      for (const socket of open) socket.destroy()
    },
    async stop() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
