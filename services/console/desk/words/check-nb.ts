/** Ord for å se på varer som er sendt tilbake etter tilbudet i vilkårene. */
export const check = {
  check: 'Si hvordan varene var',
  lead: 'Kunden har ingen rett etter loven til å sende dem tilbake: bare det som er ubrukt, uskadd og i originalemballasjen, betales tilbake. Dette sies én gang.',
  receivedAt: 'Når de kom',
  receivedAtHelp: 'La stå tomt for nå, eller der det alt er kjent.',
  unused: 'Er den ubrukt?',
  unused_yes: 'ubrukt',
  unused_no: 'brukt',
  unused_absent: 'den var ikke i pakken',
  undamaged: 'Uskadd',
  packaging: 'I originalemballasjen',
  note: 'Hva varene mangler, slik kunden får vite det',
  noteHelp: 'Må skrives der noe ikke er som det skal.',
  accepted: 'Betales tilbake: {units}.',
  staysTheirs: 'Forblir kundens, og sendes tilbake til dem: {units}.',
  ends: 'Ingenting betales tilbake, og saken er over. Kunden får vite det på e-post.',
}
