import type { JetStreamManager } from '@nats-io/jetstream'
import { nanos } from '@nats-io/transport-node'
import type { Attacker } from './attacker.ts'

/** An attacker with the password of `shipping`, and a look at the broker from within. */
export type Scene = { shipping: Attacker; manager: JetStreamManager }
/**
 * What somebody with the password of a service tries; `attempt` answers whether it worked. `worked`: it did as long as
 * services made their own streams and durables.
 */
export type Abuse = { name: string; worked: boolean; attempt: (scene: Scene) => Promise<boolean> }

const LOOKS = 20
const VICTIM = 'evt.returns.1.RefundDecided.victim'
const SHIPPING = { subjects: ['evt.shipping.>'], retention: 'limits', storage: 'file' }

/** Makes the own stream anew in another way; whether the broker let it. */
async function takeOver({ shipping }: Scene, config: object) {
  await shipping.request('STREAM.DELETE.SHIPPING')
  return (await shipping.request('STREAM.CREATE.SHIPPING', { name: 'SHIPPING', ...config })).length > 0
}

/** Has something come into the stream of another? What was sent before has arrived long before the last look. */
async function isForged({ shipping, manager }: Scene) {
  await shipping.nc.flush()
  for (let look = 0; look < LOOKS; look += 1)
    if ((await manager.streams.info('RETURNS')).state.messages > 1) return true
  return false
}

const configOf = async ({ manager }: Scene, durable: string) => (await manager.consumers.info('ORDERS', durable)).config

/** Gives a durable another filter, by every request that could. */
async function changeFilter(scene: Scene, durable: string) {
  const before = await configOf(scene, durable)
  const body = { stream_name: 'ORDERS', config: { ...before, filter_subject: 'evt.orders.0.Nothing' } }
  for (const request of [
    `CONSUMER.CREATE.ORDERS.${durable}.evt.orders.0.Nothing`,
    `CONSUMER.CREATE.ORDERS.${durable}`,
    `CONSUMER.DURABLE.CREATE.ORDERS.${durable}`,
  ])
    await scene.shipping.request(request, body)
  return (await configOf(scene, durable)).filter_subject !== before.filter_subject
}

export const abuses: Abuse[] = [
  {
    name: 'tells an event of another by having its own stream republished there',
    worked: true,
    async attempt(scene) {
      await takeOver(scene, { ...SHIPPING, republish: { src: 'evt.shipping.9.>', dest: 'evt.returns.9.>' } })
      await scene.shipping.ask('evt.shipping.9.RefundDecided.victim', 'forged')
      return await isForged(scene)
    },
  },
  {
    name: 'reads a stream that it does not hear, as a source of its own, message by message',
    worked: true,
    async attempt(scene) {
      await takeOver(scene, { ...SHIPPING, sources: [{ name: 'RETURNS' }] })
      for (let look = 0; look < LOOKS; look += 1) {
        const [found = ''] = await scene.shipping.request('STREAM.MSG.GET.SHIPPING', { seq: 1 })
        if (found.includes('evt.returns')) return true
      }
      return false
    },
  },
  {
    name: 'has the answers to another kept in its own stream',
    worked: true,
    attempt: (scene) => takeOver(scene, { subjects: ['_INBOX_orders.>'] }),
  },
  {
    name: 'takes and acknowledges events that are meant for another',
    worked: true,
    async attempt({ shipping, manager }) {
      await shipping.request('CONSUMER.MSG.NEXT.ORDERS.returns-0', { batch: 1, no_wait: true })
      await shipping.ask('$JS.ACK.ORDERS.returns-0.1.1.1.0.0', '+ACK', '_INBOX_shipping.ack')
      const { delivered, ack_floor } = await manager.consumers.info('ORDERS', 'returns-0')
      return delivered.consumer_seq > 0 && ack_floor.consumer_seq > 0
    },
  },
  { name: 'changes what another is given', worked: true, attempt: (scene) => changeFilter(scene, 'returns-0') },
  { name: 'changes what it is given itself', worked: true, attempt: (scene) => changeFilter(scene, 'shipping-0') },
  {
    name: 'has all that another tells pushed to it, by a durable of its own making',
    worked: true,
    async attempt({ shipping, manager }) {
      const config = { durable_name: 'spy', deliver_subject: '_INBOX_shipping.spy', ack_policy: 'none' }
      await shipping.request('CONSUMER.DURABLE.CREATE.ORDERS.spy', { stream_name: 'ORDERS', config })
      await shipping.request('CONSUMER.CREATE.ORDERS.spy', {
        stream_name: 'ORDERS',
        config: { ...config, name: 'spy' },
      })
      return (await manager.consumers.info('ORDERS', 'spy').catch(() => undefined)) !== undefined
    },
  },
  {
    name: 'has an answer of the broker stored as an event of another',
    worked: true,
    async attempt(scene) {
      await scene.shipping.request('STREAM.INFO.SHIPPING', '', VICTIM)
      return await isForged(scene)
    },
  },
  {
    name: 'has the receipt of its own event stored as an event of another',
    worked: true,
    async attempt(scene) {
      await scene.shipping.ask('evt.shipping.0.A.1', 'x', VICTIM)
      return await isForged(scene)
    },
  },
  {
    name: 'has an event that it hears handed on as one of another',
    worked: true,
    async attempt(scene) {
      const next = { batch: 1, expires: nanos(1_000) }
      await scene.shipping.request('CONSUMER.MSG.NEXT.ORDERS.shipping-0', next, VICTIM)
      return await isForged(scene)
    },
  },
  {
    name: 'deletes its own stream before others have heard what is in it',
    worked: true,
    async attempt({ shipping, manager }) {
      const { created } = await manager.streams.info('SHIPPING')
      await shipping.request('STREAM.DELETE.SHIPPING')
      return (await manager.streams.info('SHIPPING').catch(() => undefined))?.created !== created
    },
  },
  {
    name: 'makes, changes, empties, copies or deletes a stream of any name',
    worked: true,
    async attempt({ shipping }) {
      const done: string[] = []
      for (const stream of ['SHIPPING', 'ORDERS', 'RETURNS', 'MINE'])
        for (const verb of ['CREATE', 'UPDATE', 'PURGE', 'SNAPSHOT', 'RESTORE', 'DELETE']) {
          const config = { name: stream, subjects: [`mine.${stream}`], deliver_subject: 'mine' }
          const body = ['PURGE', 'DELETE'].includes(verb) ? '' : { ...config, config }
          done.push(...(await shipping.request(`STREAM.${verb}.${stream}`, body)))
        }
      return done.length > 0
    },
  },
  {
    name: 'has the stream of another made anew',
    worked: false,
    async attempt({ shipping, manager }) {
      const { created } = await manager.streams.info('ORDERS')
      await shipping.ask('operator.rebuild.ORDERS')
      await shipping.request('STREAM.DELETE.ORDERS')
      return (await manager.streams.info('ORDERS')).created !== created
    },
  },
  {
    name: 'tells an event of another',
    worked: false,
    async attempt(scene) {
      await scene.shipping.ask(VICTIM, 'forged')
      return await isForged(scene)
    },
  },
  {
    name: 'reads a message of another, by any request',
    worked: false,
    async attempt({ shipping }) {
      const found = []
      for (const request of ['STREAM.MSG.GET.ORDERS', 'DIRECT.GET.ORDERS', 'STREAM.MSG.GET.RETURNS'])
        found.push(...(await shipping.request(request, { seq: 1 })))
      return found.length > 0
    },
  },
  {
    name: 'listens to what others tell as it passes',
    worked: false,
    async attempt({ shipping, manager }) {
      let heard = 0
      shipping.nc.subscribe('>', {
        callback(error) {
          if (error === null) heard += 1
        },
      })
      await shipping.nc.flush()
      const info = await manager.streams.info('ORDERS')
      await shipping.nc.flush()
      return info.state.messages > 0 && heard > 0
    },
  },
]
