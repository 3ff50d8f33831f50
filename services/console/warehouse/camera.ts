import { html } from 'hono/html'
import { assetUrl } from '../pages/assets.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { warehouseWords } from './words.ts'

/**
 * A button by which the camera of a telephone reads the bar code into a field, and sends its form with `sends`. It is seen where the browser
 * reads bar codes; elsewhere one types, or scans with what types.
 */
export function camera(view: View, field: string, { sends = false } = {}): Html {
  const say = warehouseWords(view.language)
  return html`<div class="camera"><button class="ds-button" data-variant="secondary" type="button" data-camera="${field}" data-sends="${sends ? 'yes' : 'no'}" data-refused="${say('noCamera')}" aria-pressed="false" hidden>${say('camera')}</button>
<span role="status"></span></div><script src="${assetUrl('camera.js')}" defer></script>`
}
