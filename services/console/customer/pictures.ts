import { html } from 'hono/html'
import { fileInput, form } from '../pages/forms.ts'
import { section } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { pathBy } from './linked.ts'
import type { CaseSeen } from './order-reading.ts'
import { customerWords } from './words.ts'

type Pictured = { path: string; isOpen: boolean; photos: CaseSeen['photos']; link: string }

/** The pictures of a case or a report, whose page is at `path`, and, while it is open, the form for more. */
export function picturesOf(view: View, { path, isOpen, photos, link }: Pictured): Html {
  const say = customerWords(view.language)
  if (photos.length === 0 && !isOpen) return html``
  return section(
    'pictures',
    say('photos'),
    html`${photos.length > 0 && html`<ul class="pictures">${photos.map(({ sha256, width, height }, n) => html`<li><a href="${pathBy(link, `${path}/photos/${sha256}`)}"><img src="${pathBy(link, `${path}/photos/${sha256}`)}" width="${width}" height="${height}" alt="${say('photo', { number: n + 1 })}" loading="lazy"></a></li>`)}</ul>`}
${
  isOpen &&
  form(
    view,
    { action: pathBy(link, `${path}/photos`), submit: say('submit_photos'), files: true, quiet: true },
    fileInput({
      name: 'photos',
      label: say('addPhotos'),
      help: say('photosHelp'),
      accept: 'image/jpeg,image/png,image/webp',
    }),
  )
}`,
  )
}
