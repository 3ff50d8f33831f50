import type { FastifyInstance } from 'fastify'

const COOKIE = 'sidebar'

/**
 * Lets who is signed in into a page that stands in a frame of another site, where a browser sends no cookie that is `lax`: the same session
 * by a cookie of its own, which goes to this path and no other. It is given with the page itself, where it is opened by itself once. The
 * path must change nothing: no other page takes this cookie. Asked before `guard`.
 */
export function letIntoFrames(server: FastifyInstance, path: string) {
  server.addHook('onRequest', async ({ cookies, routeOptions }) => {
    if (routeOptions.url === path && cookies.session === undefined && cookies[COOKIE] !== undefined)
      cookies.session = cookies[COOKIE]
  })
  server.addHook('preHandler', async ({ cookies, routeOptions, view }, reply) => {
    if (routeOptions.url !== path || view.person === undefined || cookies.session === cookies[COOKIE]) return
    // Browsers take a cookie for other sites' frames by https only, or on loopback.
    reply.setCookie(COOKIE, cookies.session!, { path, httpOnly: true, sameSite: 'none', secure: true })
  })
}
