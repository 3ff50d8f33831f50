import { html } from 'hono/html'
import { type SentForm, select } from '../pages/forms.ts'
import { citesOf, dayOf, facts, inARow, money, notice, section, tag, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { choiceForm } from './checked.ts'
import { pathBy } from './linked.ts'
import { type CaseSeen, nameIn } from './order-reading.ts'
import { picturesOf } from './pictures.ts'
import { labelOf, proofOf } from './sending-back.ts'
import { customerWords } from './words.ts'

/** A case as its customer sees it: how it stands, what comes of it and why, the pictures, and what there is to choose. */
export function casePage(view: View, seen: CaseSeen, { above, typed }: { above: Html; typed?: SentForm }): Html {
  const say = customerWords(view.language)
  const { found, order, link } = seen
  const { withdrawal, voluntaryReturn, complaint, exchange, answer, currency } = found
  const about = withdrawal ?? voluntaryReturn ?? complaint ?? exchange
  const sum = (amount: number | undefined) =>
    amount === undefined || currency === undefined
      ? undefined
      : html`<span class="amount">${money(view, amount, currency)}</span>`
  const reasons = complaint ? complaint.assessment?.reasons : (withdrawal ?? voluntaryReturn ?? exchange)?.reasons
  const back = withdrawal ?? voluntaryReturn
  const isOpen = found.closedAt === undefined
  return html`${above}
${section(
  'state',
  say('stands'),
  html`${facts([
    [say('status'), tag(found.closedAt === undefined ? 'info' : 'neutral', stageOf(view, found))],
    [say('opened'), timeOf(view, found.openedAt)],
    [
      say('concerns'),
      about?.lines &&
        inARow(
          view,
          about.lines.map((line) => `${line.quantity} × ${nameIn(order)(line)}`),
        ),
    ],
    [say('yourWords'), complaint?.defect],
    [say('answerBy'), isOpen && !complaint?.assessment ? complaint && dayOf(view, complaint.answerBy) : undefined],
    [
      say('sendBackBy'),
      isOpen && back && !back.receivedAt && !withdrawal?.collection ? dayOf(view, back.sendBackBy) : undefined,
    ],
    [say('collectOn'), withdrawal?.collection && collectedOn(view, withdrawal.collection)],
    [say('returnCost'), back && say(`bearer_${back.returnCostBearer ?? 'customer'}`)],
    [say('estimateBack'), isOpen && !back?.refund ? sum(back?.refundEstimate) : undefined],
    [say('difference'), sum(exchange?.difference)],
    [say(isOpen ? 'owedNow' : 'paidBack'), sum(found.owed)],
    [say('lastDayOf'), shownDay(found) ? dayOf(view, found.dueOn) : undefined],
    [say('closedOn'), found.closedAt && timeOf(view, found.closedAt)],
    [say('grounds'), complaint?.grounds],
  ])}
${answer && html`<p>${answer[view.language]}</p>`}${citesOf(view, reasons)}`,
)}
${labelOf(view, seen)}
${proofOf(view, seen, typed)}
${complaint && choiceOf(view, seen)}
${found.kind !== 'exchange' && picturesOf(view, { ...seen, path: `/cases/${found.id}`, isOpen: found.closedAt === undefined })}
<p><a class="ds-link" href="${pathBy(link)}">${say('toOrder')}</a></p>`
}

/** Whether the last day of what it waits for is to be said, and is not by another name. */
const shownDay = ({ closedAt, dueOn, complaint, withdrawal, voluntaryReturn }: CaseSeen['found']) =>
  closedAt === undefined &&
  dueOn !== undefined &&
  ![complaint?.answerBy, (withdrawal ?? voluntaryReturn)?.sendBackBy].includes(dueOn)

/** The day on which the shop collects the goods, or that it is still to be set. */
const collectedOn = (view: View, { collectOn }: { collectOn?: string }) =>
  collectOn ? dayOf(view, collectOn) : customerWords(view.language)('collectLater')

/** What a case has come to, in words. */
const stageOf = (view: View, { kind, status }: CaseSeen['found']) =>
  customerWords(view.language)(`stage_${kind === 'complaint' && status === 'received' ? 'judged' : status}`)

/** What the customer may choose of defective goods, where there is something to choose. */
function choiceOf(view: View, { found: { id, complaint }, link }: CaseSeen): Html {
  const say = customerWords(view.language)
  const choices = complaint?.choices ?? []
  if (choices.length === 0) return html``
  return section(
    'choice',
    say('choose'),
    choiceForm(
      view,
      { path: `/cases/${id}/choice/check`, link },
      select(
        { name: 'remedy', label: say('remedy') },
        choices.map((remedy) => [remedy, say(`remedy_${remedy}`)]),
      ),
    ),
  )
}

/** What was just sent, and pictures that were not kept. */
export function sentNotice(view: View, { sent, refused }: { sent?: string; refused?: string }): Html {
  const say = customerWords(view.language)
  const lost = /^[1-9]$/.test(refused ?? '') ? Number(refused) : 0
  return html`${sent !== undefined && notice('success', html`<p>${say('sentNow')}</p>`)}
${lost > 0 && notice('warning', html`<p>${say('photosRefused', { count: lost })}</p>`)}`
}
