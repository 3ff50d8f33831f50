type Waiting<Ask, Answer> = { ask: Ask; resolve: (answer: Answer) => void; reject: (error: unknown) => void }

/** The transactions, and ways into the database, that several pieces of work use at the same time. */
const shared = new WeakMap<object, { transaction: boolean }>()

/**
 * Says that several pieces of work use this transaction, or this way into the database (`transaction: false`), at the same time:
 * what they ask for is gathered from now on. In a transaction a statement that fails fails all; elsewhere each is then asked alone.
 */
export function share<Handle extends object>(handle: Handle, { transaction = true } = {}): Handle {
  shared.set(handle, { transaction })
  return handle
}

/**
 * Makes one statement of what pieces of work that share a transaction ask for at the same time: `run` gets all that was asked in one
 * turn of the event loop, and answers in that order. Whoever shares it with nobody is answered at once.
 */
export function gathering<Handle extends object, Ask, Answer>(
  run: (handle: Handle, asks: Ask[]) => Promise<readonly Answer[]>,
) {
  const asked = new WeakMap<Handle, Waiting<Ask, Answer>[]>()

  async function answer(handle: Handle, waiting: Waiting<Ask, Answer>[]) {
    try {
      const answers = await run(
        handle,
        waiting.map(({ ask }) => ask),
      )
      for (const [i, { resolve }] of waiting.entries()) resolve(answers[i] as Answer)
    } catch (error) {
      if (waiting.length === 1 || shared.get(handle)!.transaction) for (const { reject } of waiting) reject(error)
      else for (const one of waiting) await answer(handle, [one])
    }
  }

  return async (handle: Handle, ask: Ask): Promise<Answer> => {
    if (!shared.has(handle)) return (await run(handle, [ask]))[0] as Answer
    return new Promise((resolve, reject) => {
      const waiting = asked.get(handle)
      if (waiting) waiting.push({ ask, resolve, reject })
      else {
        asked.set(handle, [{ ask, resolve, reject }])
        setImmediate(() => {
          const all = asked.get(handle)!
          asked.delete(handle)
          void answer(handle, all)
        })
      }
    })
  }
}

/** Of each name that was asked for its row, in the order of the asks; undefined where there is none. */
export function byName<Row>(names: readonly string[], rows: readonly Row[], nameOf: (row: Row) => string) {
  const named = new Map(rows.map((row) => [nameOf(row), row]))
  return names.map((name) => named.get(name))
}
