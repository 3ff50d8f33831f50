import { isSaid, said } from './exit.ts'
import type { Service } from './services.ts'

/**
 * Asks all services at the same time. Who does not answer takes nothing from what the others say: `tellSilent` throws a line for each of
 * those once that is said, so that the command does not end as if all had been asked.
 */
export async function askAll<Answer>(services: Service[], ask: (service: Service) => Promise<Answer>) {
  const asked = await Promise.allSettled(services.map(async (service) => ({ service, answer: await ask(service) })))
  const answered = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const failed = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
  const silent = failed.map((error) => {
    if (!isSaid(error)) throw error
    return error
  })
  return {
    answered,
    tellSilent() {
      const [first] = silent
      if (first !== undefined) throw said(first.exit, silent.map(({ message }) => message).join('\n'))
    },
  }
}
