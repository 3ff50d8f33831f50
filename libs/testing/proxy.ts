import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type Address = { host: string; port: number }

/** When the far side of a connection that fell silent learns that nobody is there any more: about what TCP keep-alive takes. */
const NOTICED_AFTER_MS = 17_000

/**
 * A TCP proxy on loopback, to one address, or to whichever it is told of for each connection (none: it is turned away). It can fall
 * silent: it keeps its connections, and takes what is sent to it, and passes on nothing of it, the end neither, as a network does
 * that lost a route; and it can refuse. `speak` lets new connections through; those that fell silent stay so.
 */
export async function startProxy(to: Address | (() => Address | undefined)) {
  const open = new Set<Socket>()
  const mute = new WeakSet<Socket>()
  let mode: 'speaks' | 'silent' | 'refuses' = 'speaks'
  const keep = (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => open.delete(socket))
    return socket
  }
  const endWith = (gone: Socket, other: Socket) => {
    gone.once('close', () => {
      if (mute.has(gone)) setTimeout(() => other.destroy(), NOTICED_AFTER_MS).unref()
      else other.destroy()
    })
  }
  const server = createServer((near) => {
    keep(near)
    if (mode === 'silent') return void near.resume()
    const address = mode === 'refuses' ? undefined : typeof to === 'function' ? to() : to
    if (address === undefined) return void near.destroy()
    const far = keep(connect(address))
    near.pipe(far)
    far.pipe(near)
    endWith(near, far)
    endWith(far, near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    fallSilent() {
      mode = 'silent'
      for (const socket of open) {
        mute.add(socket)
        socket.unpipe().resume()
      }
    },
    /** Ends what there is, and turns away whoever comes. */
    refuse() {
      mode = 'refuses'
      cut()
    },
    speak() {
      mode = 'speaks'
    },
    /** Breaks the connections that there are. */
    cut,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      cut()
      await closed
    },
  }
}
export type TcpProxy = Awaited<ReturnType<typeof startProxy>>
