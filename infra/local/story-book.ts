import { readFile, writeFile } from 'node:fs/promises'
import { type Html, html } from './html.ts'
import type { Tell } from './timeline.ts'

type Step = { step: string; text: string }
const ORDER_NUMBER = /\b[A-Z]{2,4}-[0-9A-Z]{5}-[0-9A-Z]{5}\b/

/** What the story told, kept in a file so that the front page still says it after another start. */
export async function openStoryBook(file: string) {
  const kept = await readFile(file, 'utf8').catch(() => '[]')
  let steps = JSON.parse(kept) as Step[]
  return {
    steps: (): readonly Step[] => steps,
    /** Tells a story anew, keeping each step of it. */
    keeping(tell: Tell): Tell {
      steps = []
      return (step, text, ...reasons) => {
        steps.push({ step, text })
        tell(step, text, ...reasons)
      }
    },
    save: () => writeFile(file, JSON.stringify(steps)),
  }
}
export type StoryBook = Awaited<ReturnType<typeof openStoryBook>>

/** What the story did; where an order is named, the way to it on the desk. */
export const storySection = (steps: readonly Step[], consoleUrl: string): Html | false =>
  steps.length > 0 &&
  html`<section id="story"><h2>What the story did</h2><details><summary>${steps.length} steps, of a consumer’s and a business’s order</summary>
<ol>${steps.map(({ text }) => {
    const number = ORDER_NUMBER.exec(text)?.[0]
    return html`<li>${text}${number && html` <a href="${consoleUrl}/desk?q=${number}">See ${number} on the desk</a>`}</li>`
  })}</ol></details></section>`
