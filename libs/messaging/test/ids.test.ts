import t from 'tap'
import { v7 as uuidv7 } from 'uuid'

t.test('ids follow each other in the order in which they were made, many in a millisecond too', async (t) => {
  const ids = Array.from({ length: 10_000 }, () => uuidv7())
  t.strictSame(ids.toSorted(), ids)
})
