import type { FastifyInstance } from 'fastify'
import { html } from 'hono/html'
import type { Deps } from '../../deps.ts'
import { attempted, refusalOf, refusedWith } from '../../pages/attempt.ts'
import { readForm } from '../../pages/forms.ts'
import { page } from '../../pages/layout.ts'
import { once } from '../../pages/once.ts'
import { leadTo, show } from '../../pages/show.ts'
import { asWord, changeTag, pageOf, tagForm } from '../tags.ts'
import { tagWords } from '../words.ts'

type At = { Params: { id: string } }

/** Staff tags orders and cases, and takes tags off again; what is no tag is said above the field, in which it stands as it was written. */
export function tagging(server: FastifyInstance, deps: Pick<Deps, 'db'>) {
  const config = { access: 'staff' as const }
  for (const what of ['orders', 'cases'] as const) {
    server.post<At>(`/desk/${what}/:id/tag`, { config }, async ({ view, body, params: { id } }, reply) => {
      const sent = readForm(body)
      const about = { what, id }
      const word = asWord(sent.text('word'))
      const { refused } = await attempted(() => once(deps, sent.id, () => changeTag(view, about, word, 'add')))
      if (refused === undefined) return leadTo(reply, `${pageOf(about)}#tags`)
      const title = tagWords(view.language)('tags')
      const main = html`${refusalOf(view, refused)}<div class="ds-card">${tagForm(view, about, sent.text('word'))}</div>
<p><a class="ds-link" href="${pageOf(about)}">${view.say('back')}</a></p>`
      return show(refusedWith(reply, refused), page(view, { title, main }))
    })
    server.post<At>(`/desk/${what}/:id/untag`, { config }, async ({ view, body, params: { id } }, reply) => {
      const sent = readForm(body)
      const about = { what, id }
      await once(deps, sent.id, () => changeTag(view, about, sent.text('word') ?? '', 'take-off'))
      return leadTo(reply, `${pageOf(about)}#tags`)
    })
    // Whoever chooses another language there is led to where the field stands.
    for (const later of ['tag', 'untag'])
      server.get<At>(`/desk/${what}/:id/${later}`, { config }, async ({ params: { id } }, reply) =>
        leadTo(reply, `${pageOf({ what, id })}#tags`),
      )
  }
}
