import { readFile, writeFile } from 'node:fs/promises'
import { startKlarnaSimulator } from '@vilkar/klarna-simulator/simulator.ts'

const KEEP_BOOKS_EVERY_MS = 5_000

/** The payment provider forgets nothing either: its books are kept beside ours, so that old orders can still be refunded. */
export async function startKlarna(file: string, options: Parameters<typeof startKlarnaSimulator>[0]) {
  const remembered = await readFile(file, 'utf8').catch(() => undefined)
  const klarna = await startKlarnaSimulator({ ...options, remembered })
  const save = () => writeFile(file, klarna.remembered())
  const timer = setInterval(() => void save(), KEEP_BOOKS_EVERY_MS)
  return {
    ...klarna,
    stop: async () => {
      clearInterval(timer)
      await klarna.stop()
      await save()
    },
  }
}
