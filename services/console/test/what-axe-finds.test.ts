import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { accessibilityFaults, openPage, startBrowser } from './browser.ts'

const PAGE = `<!doctype html><html><title>Ordre</title>
<style>body { background: #fff } p { color: #222 } @media (prefers-color-scheme: dark) { p { color: #ddd } }</style>
<main><h1>Ordre</h1><p>Sendt i dag</p><img src="data:,"></main>`

/** That a page is in order is worth as much as what is found of one that is not. */
const browser = await startBrowser(t)
if (browser !== undefined) {
  const cookies: (string | undefined)[] = []
  const server = createServer(({ headers, url }, answer) => {
    cookies.push(headers.cookie)
    answer.setHeader('content-type', 'text/html; charset=utf-8').setHeader('set-cookie', `seen=${url?.slice(1)}`)
    answer.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'").end(PAGE)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  for (const javaScriptEnabled of [true, false])
    t.test(`what is wrong with a page is found, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
      for (const [colorScheme, expected] of [
        ['light', ['html-has-lang', 'image-alt']],
        ['dark', ['color-contrast', 'html-has-lang', 'image-alt']],
      ] as const) {
        const opened = await openPage(browser, url, { javaScriptEnabled, colorScheme })
        await opened.page.goto('/order#part')
        cookies.splice(0)
        const faults = await accessibilityFaults(opened.page)
        t.strictSame(faults.map((fault) => fault.split(':')[0]).sort(), expected)
        t.match(faults.join('\n'), /<img src="data:,">/)
        t.strictSame(cookies, javaScriptEnabled ? [] : ['seen=order'], 'who looks beside it has its cookies')
        await opened.context.close()
      }
    })
}
