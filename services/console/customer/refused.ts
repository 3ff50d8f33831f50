import type { Problem } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { type Cite, citesOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { en } from './words/en.ts'
import { parcels } from './words/parcels-en.ts'
import { customerWords, parcelWords } from './words.ts'

type Told = Extract<keyof typeof en, `refused_${string}`>
type ToldOfParcels = Extract<keyof typeof parcels, `refused_${string}`>

/** Why a service refused, in words of ours, since its own sentence is not for customers, and what that rests on in full. */
export function refusal(view: View, { type, reasons }: Problem): Html {
  const say = customerWords(view.language)
  const key = `refused_${type.replace('/problems/', '')}`
  const ofParcels = Object.hasOwn(parcels, key) && parcelWords(view.language)(key as ToldOfParcels)
  const text = Object.hasOwn(en, key) ? say(key as Told) : ofParcels || say('refused')
  return toPutRight(html`<p>${text}</p>${citesOf(view, reasons as { cites: Cite[] }[] | undefined)}`)
}

/** Something that has to be put right before a form can be sent. */
export const toPutRight = (text: Html | string): Html =>
  html`<div class="ds-alert" data-color="warning" role="alert">${typeof text === 'string' ? html`<p>${text}</p>` : text}</div>`
