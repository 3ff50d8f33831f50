import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { atEndOfRun } from '@vilkar/testing/end-of-run.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { PATIENCE_MS } from '@vilkar/testing/patience.ts'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { Test } from 'tap'

/** Without the windows that nobody sees a page takes half of the processor time. */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]
export const NARROW = { width: 375, height: 800 }
export const WIDE = { width: 1280, height: 900 }

let launched: Promise<Browser> | undefined

/**
 * A browser for the tests of a process: the machine's own Chromium (`CHROMIUM` says where, Debian: `apt-get install chromium-headless-shell`). Undefined
 * where there is none, and the test says so.
 */
export async function startBrowser(t: Test): Promise<Browser | undefined> {
  const executablePath = [process.env.CHROMIUM, ...PLACES].find((path) => path !== undefined && existsSync(path))
  if (executablePath === undefined) {
    t.pass('There is no Chromium on this machine.', { skip: true })
    return undefined
  }
  launched ??= launch(executablePath)
  return launched
}

async function launch(executablePath: string) {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
    timeout: PATIENCE_MS,
  })
  atEndOfRun(() => browser.close())
  return browser
}

/** Of windows without JavaScript, how one beside them is opened that has it, once. */
const besides = new WeakMap<BrowserContext, () => Promise<Page>>()

/** A page of its own with its own cookies; what it complains of in its console is kept in `complaints`. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: WIDE, locale: 'nb-NO', baseURL: url, ...options })
  if (options.javaScriptEnabled === false) {
    let beside: ReturnType<typeof openPage> | undefined
    besides.set(context, async () => {
      beside ??= openPage(browser, url, { ...options, javaScriptEnabled: true })
      return (await beside).page
    })
    // Where the whole browser closes, that one is closed already.
    context.once('close', () => void beside?.then((opened) => opened.context.close()).catch(() => {}))
  }
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  return { page, context, complaints }
}

/** Comes to a page that asks to sign in, and chooses at the local issuer who one is. */
export async function signInAs(page: Page, who: string, path = '/desk') {
  await page.goto(path)
  await page.getByRole('button', { name: who, exact: true }).click()
  await page.waitForURL((url) => url.pathname === path.split('?')[0])
}

/** Presses twice, as fast as one can, and waits until one is led there: the second press breaks off what the first one began. */
export async function pressTwice(page: Page, button: string, path: string) {
  await page.getByRole('button', { name: button }).dblclick()
  await eventually(`to be at ${path}`, async () => new URL(page.url()).pathname === path)
  await page.waitForLoadState()
}

/** Its few letters beyond ASCII are escaped: with them all of its text would go to the browser, and be kept there, twice as large. */
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8').replace(
  /[\u0080-\uffff]/g,
  (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
)
/** Only what is wrong is told of in full, and pages of ours have no style sheets of others that would have to be fetched. */
const LOOK = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
  preload: false,
}

/**
 * What axe-core finds against WCAG 2.2 AA and good practice, each with where: nothing, on a page that is in order. It needs JavaScript itself: where
 * the page has none, it sees the same page in a window beside it, with its cookies.
 */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const openBeside = besides.get(page.context())
  if (openBeside !== undefined) {
    const beside = await openBeside()
    await beside.context().clearCookies()
    await beside.context().addCookies(await page.context().cookies())
    const { origin, pathname, search } = new URL(page.url())
    await beside.goto(`${origin}${pathname}${search}`)
    return accessibilityFaults(beside)
  }
  // What was pressed has led here, and the page may still be coming.
  await page.waitForLoadState()
  // The page's own policy lets no script of a test in: it runs beside it.
  const session = await page.context().newCDPSession(page)
  const { frameTree } = await session.send('Page.getFrameTree')
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
    worldName: 'axe',
  })
  await session.send('Runtime.evaluate', { expression: axe, contextId })
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, ${JSON.stringify(LOOK)}).then(
      ({ violations }) => JSON.stringify(violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 160) + ' ' + failureSummary))))`,
    contextId,
    awaitPromise: true,
  })
  await session.detach()
  if (exceptionDetails !== undefined) throw new Error(`axe-core failed: ${exceptionDetails.text}`)
  return JSON.parse(String(result.value))
}

/** Whether the page is wider than its window. */
export async function scrollsSideways(page: Page) {
  await page.waitForLoadState()
  return page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth')
}

/** What has to be scrolled sideways: the page, or a part of it, but for drawings, which need their two dimensions (WCAG 1.4.10). */
export const scrolledSideways = (page: Page) =>
  page.evaluate(`[document.documentElement, ...document.querySelectorAll('main, main *')]
    .filter((each) => each.scrollWidth > each.clientWidth && (each === document.documentElement || /auto|scroll/.test(getComputedStyle(each).overflowX)))
    .filter((each) => each === document.documentElement || !each.querySelector('svg'))
    .map((each) => each.tagName + ' ' + (each.getAttribute('aria-label') ?? each.className) + ' ' + each.scrollWidth + ' > ' + each.clientWidth)`)

/** Presses Tab until something with this name has the focus; answers whether it came to it within so many. */
export async function reachesByKeyboard(page: Page, name: string, presses = 60) {
  for (let n = 0; n < presses; n += 1) {
    await page.keyboard.press('Tab')
    const focused = (await page.evaluate(
      `(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.labels?.[0]?.textContent ?? document.activeElement?.textContent ?? '').trim()`,
    )) as string
    if (focused === name) return true
  }
  return false
}
