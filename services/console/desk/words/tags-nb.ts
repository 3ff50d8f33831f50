/** Ord for merkelapper på ordrer og saker. */
export const tags = {
  tags: 'Merkelapper',
  noTags: 'Ingen merkelapper.',
  ofOrder: 'På ordren:',
  newTag: 'Ny merkelapp',
  newTagHelp: 'Ett kort ord som andre i kundestøtte finner igjen. Skriv ingenting om kunden som kunden ikke kan lese.',
  add: 'Sett på',
  takeOff: 'Ta av #{word}',
  withTag: 'Merket #{word}',
  withoutTag: 'Vis alle',
  inUse: 'Merkelapper i bruk',
}
