/** Files that start processes, watch their own or last long, and so have one to themselves. */
const ALONE = [/^test\//, /^infra\/(?![a-z]+-simulator\/)/, /^libs\/(messaging|server|testing)\//]
/** The most that one process runs: more share more, and fewer end sooner. */
const MOST_FILES = 12
const MOST_SECONDS = 40

/** How a story says that it shares one house with others, which is most of what each would take alone. */
const SHARES_HOUSE = /\bsharedHouse\(\)/
/** How a file says that it changes what its whole process has, as its sellers. */
const SAYS_ALONE = /^\/\/ Alone in its process/m

/** Whether a test file may be in one process with others: by where it stands, and by its text. */
export const isShared = (file: string, text: string) =>
  SHARES_HOUSE.test(text) || (!ALONE.some((folder) => folder.test(file)) && !SAYS_ALONE.test(text))

const isStory = (file: string) => file.startsWith('test/e2e/')

/** What a file is taken to need that has not run here yet, in seconds. */
const GUESSED = { shared: 3, ofLibrary: 8, browser: 13, alone: 60, story: 90 }

/** What waits for most of its time, for what it looks at has to be late. */
const WAITING = /\/test-file\.test\.ts$/

/** Whole stories begin, of a run of which nothing is known as of any other; then what starts processes, and last what is short. */
export function guessedSeconds(file: string, shared: boolean, text = '') {
  if (isStory(file)) return GUESSED.story
  if (/\bstartBrowser\(/.test(text)) return GUESSED.browser
  if (shared) return GUESSED.shared
  return file.startsWith('libs/') && !WAITING.test(file) ? GUESSED.ofLibrary : GUESSED.alone
}

/** A test file, and for how long it is expected to run. */
export type Planned = { file: string; isShared: boolean; seconds: number }

/**
 * Test files in batches that share a process each: those of one package beside each other, as many as take no longer together than is good for the
 * whole run, and stories of one house however many they are. What takes longest comes first, so that nobody waits for it in the end; of what has not run yet, whole stories do.
 */
export function batchesOf(files: Planned[]): string[][] {
  const total = (batch: Planned[]) => batch.reduce((sum, { seconds }) => sum + seconds, 0)
  const batches = files.filter(({ isShared }) => !isShared).map((each) => [each])
  const byPackage = Map.groupBy(
    files.filter(({ isShared }) => isShared),
    ({ file }) => file.split('/').slice(0, 2).join('/'),
  )
  for (const ofPackage of byPackage.values()) {
    let batch: Planned[] = []
    for (const each of ofPackage) {
      const isFull = batch.length === MOST_FILES || total([...batch, each]) > MOST_SECONDS
      if (batch.length > 0 && isFull && !isStory(each.file)) {
        batches.push(batch)
        batch = []
      }
      batch.push(each)
    }
    batches.push(batch)
  }
  return batches.sort((one, other) => total(other) - total(one)).map((batch) => batch.map(({ file }) => file))
}
