import type { previews as en } from './previews-en.ts'

/** Ord for hva som følger av det en kunde er i ferd med å gjøre. */
export const previews: Record<keyof typeof en, string> = {
  follows: 'Dette følger',
  notDoneYet: 'Ingenting er gjort før du bekrefter nedenfor.',
  change: 'Endre det',
  seeFirst: 'Se hva som følger',
  concerns: 'Det gjelder',
  amount: 'Du får tilbake',
  most: 'Du får høyst tilbake',
  dueOn: 'Senest',
  doneBy: 'Gjort senest',
  ofDelivery: 'Av det for leveringen',
  estimate: 'Du får tilbake omtrent',
  sendBackBy: 'Lever inn varene senest',
  wayBack: 'Veien tilbake',
  wayBackOurs: 'betaler vi: returetiketten kommer på e-post',
  wayBackYours: 'betaler du',
  costsYou: 'Det koster deg',
  costsNothing: 'ingenting',
  chosenOnce: 'Du velger én gang, og kan ikke endre det etterpå.',
  remedy_repair: 'Vi reparerer varene og sender dem tilbake til deg. Vi betaler, også for veien fram og tilbake.',
  remedy_replacement: 'Vi sender deg nye varer gratis. Har vi ingen igjen, sier vi fra, og du velger på nytt.',
  'remedy_price-reduction':
    'Du beholder varene og får tilbake så mye som de er mindre verdt. Noen regner det ut og sier fra på e-post.',
  remedy_rescission:
    'Kjøpet av disse varene heves. Du sender dem til oss og får tilbake alt du har betalt for dem når de er her.',
  confirm_repair: 'Få den reparert',
  confirm_replacement: 'Få nye varer tilsendt',
  'confirm_price-reduction': 'Behold den med prisavslag',
  confirm_rescission: 'Hev kjøpet',
  loss_replacement:
    'De samme varene sendes til deg på nytt så snart lageret har pakket dem. Du får en e-post når de er sendt.',
  loss_refund: 'Pengene for disse varene kommer tilbake slik du betalte. Du får en e-post om hvor mye og hvorfor.',
  confirmLoss_replacement: 'Send de samme varene på nytt',
  confirmLoss_refund: 'Betal pengene mine tilbake',
  returnText:
    'Vi tar disse varene tilbake etter tilbudet vårt hvis de er ubrukte og hele, i emballasjen. Hvordan du gjør det, kommer på e-post; pengene kommer når vi har sett på dem.',
  staysYours: 'Dette går ikke tilbake etter tilbudet: {goods}.',
  exchangeText:
    'Det som går tilbake, og den nye ordren ses i sammenheng. Ingen av dem endres: Det som går tilbake, betales tilbake etter sin egen rett, og den nye ordren betales som alle andre.',
  comesBack: 'Kommer tilbake omtrent',
  newCosts: 'Den nye ordren koster',
  toPayMore: 'Du betaler mer',
  inYourFavour: 'Du får mer tilbake enn du betaler, med',
  nothing: 'ingenting',
}
