import type { ServiceName } from '@vilkar/contracts/event.ts'
import type { House } from '../house.ts'
import { type Found, searchDatabase, searchFiles, searchLines, searchStreams } from './search.ts'

/**
 * Everywhere that the product keeps anything: each value of each database, each message of each stream and the files of the broker,
 * pictures, and all that services wrote. Not what others keep: the customer's mailbox, Klarna.
 */
export async function searchHouse(
  { pools, nats, urls }: Pick<House, 'pools' | 'nats' | 'urls'>,
  { photos, output, spellings }: { photos: string; output: () => string; spellings: readonly string[] },
): Promise<Found[]> {
  const services = Object.keys(urls) as ServiceName[]
  // One after the other: to search takes the processor, and whoever waits for an answer meanwhile would wait too long.
  const found = await searchStreams(services, nats.url, spellings)
  for (const service of services)
    for (const { place, text } of await searchDatabase(pools[service], spellings))
      found.push({ place: `${service} ${place}`, text })
  found.push(...(await searchFiles(nats.directory, spellings)), ...(await searchFiles(photos, spellings)))
  return [...found, ...searchLines('log', output(), spellings)]
}

/** Where something was found, each place once with how often and what stands there: what a failed test is to show. */
export const placesIn = (found: Found[]) =>
  [...Map.groupBy(found, ({ place }) => place)]
    .map(([place, each]) => `${place} ×${each.length}: ${each[0]!.text}`)
    .sort()
