type Log = { warn(details: object, message: string): void }

/**
 * What a look found, one after another. One that throws is logged with `complaint` and what it is about, and keeps none of those behind it
 * waiting: it is found again by a later look. Answers how many were seen to.
 */
export async function oneByOne<Item>(
  items: Iterable<Item>,
  { log, complaint, about }: { log: Log; complaint: string; about: (item: Item) => object },
  see: (item: Item) => Promise<unknown>,
) {
  let seen = 0
  for (const item of items)
    try {
      await see(item)
      seen += 1
    } catch (error) {
      log.warn({ err: error, ...about(item) }, complaint)
    }
  return seen
}
