import { allEvents, nameOf } from '@vilkar/contracts/all-events.ts'
import { fact, factsOf, faultsOf } from '@vilkar/contracts/test/examples.ts'
import { told } from '@vilkar/contracts/test/told.ts'
import t from 'tap'
import { decider } from '../erasure/decider.ts'
import { reactions } from '../service.ts'
import { ask } from './an-erasure.ts'

t.test('what privacy tells', async (t) => {
  t.test('of an erasure that is asked for twice is valid and as its example says, once', async (t) => {
    const [due, ...more] = told(decider, ask(), ask())
    t.strictSame(faultsOf(due!), [])
    t.strictSame([factsOf(due!), more], [factsOf(fact('ErasureDue')), []])
  })
  t.test('is all that it declares', async (t) =>
    t.strictSame(
      told(decider, ask()).map(({ type }) => type),
      allEvents.privacy.map(nameOf),
    ),
  )
})

t.test('privacy acts on nothing that others tell', async (t) => t.strictSame(Object.keys(reactions), []))
