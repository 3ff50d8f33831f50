import type { Topic } from '../runner.ts'

export const withdrawalTopics: Record<string, Topic> = {}
