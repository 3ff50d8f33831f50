import { createBatcher } from '@vilkar/messaging/batcher.ts'
import { share } from '@vilkar/messaging/gather.ts'
import { continuing, traceparent } from '@vilkar/tracing/tracing.ts'
import type { Kysely, Transaction } from 'kysely'
import { transact } from './transact.ts'

/** A piece of work with the name of what it is about, such as an order's id. */
type Piece<Tables> = { about: string; work: (trx: Transaction<Tables>) => Promise<unknown>; trace?: string }

const MAX_TOGETHER = 32

/**
 * Transactions for work that comes often and is small: what comes while one is under way shares the next, so that a statement, a
 * commit and a wait are paid once for many orders (decision 8 does so for placing). Pieces about the same thing go one after the
 * other. When one throws, none of them has happened and each is run again alone, so `work` must leave nothing outside the
 * transaction. What it asks for through `gathering` is asked for together.
 */
export function createTogether<Tables>(deps: { db: Kysely<Tables>; wake: (trx?: object) => void }) {
  const run = createBatcher<Piece<Tables>, unknown>({
    maxInFlight: 1,
    maxSize: MAX_TOGETHER,
    // Who comes here is held back elsewhere: jobs by their hands, callers by their limits.
    maxWaiting: Number.POSITIVE_INFINITY,
    name: 'transaction of many',
    run: (pieces) =>
      transact(deps, async (trx) => {
        if (pieces.length === 1) return [await begin(pieces[0]!, trx)]
        share(trx)
        const results = new Map<Piece<Tables>, unknown>()
        for (const round of roundsOf(pieces)) {
          // All of them have ended before the transaction does, whatever became of one.
          const ended = await Promise.allSettled(
            round.map(async (piece) => results.set(piece, await begin(piece, trx))),
          )
          for (const one of ended) if (one.status === 'rejected') throw one.reason
        }
        return pieces.map((piece) => results.get(piece))
      }),
  })
  return <Result>(about: string, work: (trx: Transaction<Tables>) => Promise<Result>) =>
    run({ about, work, trace: traceparent() }) as Promise<Result>
}
export type Together<Tables> = ReturnType<typeof createTogether<Tables>>

/** A piece goes on with its own trace, whoever shares the transaction. */
const begin = <Tables>({ work, trace }: Piece<Tables>, trx: Transaction<Tables>) => continuing(trace, () => work(trx))

/** The pieces in rounds, none with two about the same; what is about the same keeps its order. */
function roundsOf<Tables>(pieces: Piece<Tables>[]): Piece<Tables>[][] {
  const rounds: Piece<Tables>[][] = []
  const seen = new Map<string, number>()
  for (const piece of pieces) {
    const round = seen.get(piece.about) ?? 0
    seen.set(piece.about, round + 1)
    rounds[round] ??= []
    rounds[round].push(piece)
  }
  return rounds
}
