/** Ord for siden ved siden av kundestøtten. */
export const sidebar = {
  customer: 'Kunde',
  signIn: 'Logg inn',
  signInText: 'Du er ikke logget inn her. Logg inn i et eget vindu, og last siden på nytt.',
  noEmail: 'Ingen e-postadresse er oppgitt.',
  notFound: 'Ingen har bestilt med {email}.',
  orders: 'Ordrer',
  placed: 'bestilt {day}',
  moreOrders: 'Flere hos kundeservice',
  openCases: 'Åpne saker',
  noCases: 'Det er ingen.',
  due: 'frist',
  nothing: 'Ingenting av den kan sendes tilbake i dag.',
  unread: 'Hva som kan sendes tilbake, står på ordrens side.',
  ofUnits: '{returnable} av {quantity}',
  toDesk: 'Finn hos kundeservice',
  newWindow: 'åpnes i et eget vindu',
}
