/** Ord for å si hva som er gjort med et varsel. */
export const alarms = {
  lookedInto: 'Ser på det',
  byNobody: 'ingen ennå',
  takeOn: 'Jeg ser på det',
  takeOver: 'Jeg tar over',
  about: 'Gjelder',
  facts: 'Hva det ble varslet for',
  runbook: 'Hva driftshåndboken sier',
  noRunbook: 'Driftshåndboken sier ikke noe om det.',
  done: 'Hva som er gjort',
  doneHelp: 'Det står ved varselet, med hvem som sa det. Skriv ingenting om kunder.',
  follows: 'Varselet er over. Er grunnen der fortsatt, varsles det på nytt.',
  ended: 'Over',
}
