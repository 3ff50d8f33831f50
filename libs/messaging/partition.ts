/** How many ways a service's events are split for its consumers. Fixed for the life of a stream: subjects carry it. */
export const PARTITIONS = 8

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** The partition of an aggregate, 0 … PARTITIONS - 1: a stable hash (FNV-1a) of its id, whatever the letter case. */
export function partitionOf(aggregateId: string) {
  let hash = FNV_OFFSET
  for (const character of aggregateId.toLowerCase()) hash = Math.imul(hash ^ character.charCodeAt(0), FNV_PRIME)
  return (hash >>> 0) % PARTITIONS
}
