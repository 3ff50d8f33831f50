/** Words of what follows of goodwill. */
export const goodwill = {
  amount: 'To be given',
  given: 'Given for this order before',
  alone: 'One person gives, in all',
  together: 'Two persons give, in all',
  atOnce: 'It is owed at once, and paid by {day} at the latest. The customer is told by mail.',
  second:
    'It is more than one person gives: a second person must approve it, by {day}. Until then nothing is promised, and the customer is told nothing.',
  document: 'Once it is paid, it has a document with a number of its own, and the customer is mailed that too.',
  besides:
    'It takes nothing from any right: who withdraws, complains or sends something back gets as much back as otherwise.',
}
