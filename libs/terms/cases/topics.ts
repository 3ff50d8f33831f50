import type { Topic } from './runner.ts'
import { withdrawalTopics } from './topics/withdrawal.ts'

/** Every topic of the bank of cases and the function that answers it. */
export const topics: Readonly<Record<string, Topic>> = {
  ...withdrawalTopics,
}
