import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { accessibilityFaults, NARROW, openPage, scrolledSideways, scrollsSideways, signInAs } from './browser.ts'

/** The two ways in which each page of the desk is looked at: both languages, both colour schemes and both widths, once each. */
export const WAYS = [
  ['nb', 'light', {}],
  ['en', 'dark', { viewport: NARROW }],
] as const

/** What is folded in a page is read too. */
const unfold = (page: Page) =>
  page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true })')

/** Each of these pages is readable by all in a language: nothing that axe finds, and nothing wider than its window. */
export async function areReadable(t: Test, page: Page, language: string, pages: readonly string[]) {
  await page.goto(`/language/${language}?back=/desk/work`)
  for (const path of pages) {
    await page.goto(path)
    await unfold(page)
    t.strictSame(await accessibilityFaults(page), [], path)
    t.notOk(await scrollsSideways(page), path)
  }
}

type Asked = {
  browser: Browser
  url: string
  pages: readonly string[]
  /** Pages with a form, whose next says what would follow. */
  forms: readonly string[]
  /** Whatever fits in no line. */
  long: string
  /** What is chosen in a form, by the name of its field; what is written into other fields, by their type. */
  chosen: Readonly<Record<string, string>>
  written?: Readonly<Record<string, string>>
}

/** Pages of the desk, and what their forms say would follow, are in order for everybody (WCAG 2.2 AA): wide, light and in Norwegian, and narrow, dark and in English. */
export function areInOrder(t: Test, { browser, url, pages, forms, long, chosen, written = {} }: Asked) {
  for (const [language, colorScheme, window] of WAYS)
    t.test(`its pages, and what would follow, are in order for everybody, ${colorScheme} (${language})`, async (t) => {
      const { page, context, complaints } = await openPage(browser, url, { colorScheme, ...window })
      const inOrder = async (what: string) => {
        await unfold(page)
        t.strictSame(await accessibilityFaults(page), [], what)
        if ('viewport' in window) t.strictSame(await scrolledSideways(page), [], what)
      }
      await signInAs(page, 'support', '/desk/work')
      await page.goto(`/language/${language}?back=/desk/work`)
      for (const path of pages) {
        await page.goto(path)
        await inOrder(path)
      }
      for (const path of forms) {
        await page.goto(path)
        for (const area of await page.locator('main textarea').all()) await area.fill(long)
        for (const [type, text] of Object.entries(written))
          for (const field of await page.locator(`main input[type=${type}]`).all()) await field.fill(text)
        for (const choice of await page.locator('main select').all()) {
          const name = (await choice.getAttribute('name'))!
          if (chosen[name] !== undefined) await choice.selectOption(chosen[name])
        }
        await page.locator('main form button[type=submit]').first().click()
        await page.waitForURL((at) => at.pathname === `${path}/check`)
        await inOrder(`${path}/check`)
      }
      t.strictSame(complaints, [])
      await context.close()
    })
}
