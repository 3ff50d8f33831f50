import type { en } from './en.ts'

/** Ord på kundenes sider. */
export const nb: Record<keyof typeof en, string> = {
  place: 'Angre et kjøp',
  intro:
    'For deg som er forbruker og har ombestemt deg. Du trenger ikke å oppgi noen grunn eller å logge inn. Ingenting er sagt før du bekrefter på neste side.',
  afterwards: 'Du får en kvittering på e-post, og svaret kommer også dit.',
  orderHelp: 'Slik det står i ordrebekreftelsen.',
  emailHelp: 'Adressen som ordren ble bestilt med.',
  part: 'Hva det gjelder, om det ikke er alt (valgfritt)',
  partHelp: 'For eksempel «den ene av de to sensorene». Tomt felt betyr hele ordren.',
  next: 'Gå videre',
  wrong: 'Noe må rettes',
  wrong_name: 'Skriv navnet ditt, med høyst 200 tegn.',
  wrong_orderNumber: 'Skriv ordrenummeret, med høyst 64 tegn.',
  wrong_email: 'Skriv en hel e-postadresse, som kari@example.com.',
  wrong_part: 'Det du skriver om hva det gjelder, kan ha høyst 2000 tegn.',
  wrong_other: 'Et av feltene kunne ikke leses.',
  check: 'Se over og bekreft',
  checkText: 'Du er i ferd med å angre avtalen. Det gjelder fra du trykker på knappen.',
  concerns: 'Det gjelder',
  everything: 'alt i ordren',
  change: 'Endre noe',
  lost: 'Skjemaet er ikke her lenger',
  lostText:
    'Det ble fylt ut for lenge siden, eller i en annen nettleser. Ingenting er sagt. Fyll det ut på nytt; hadde du bekreftet, ligger kvitteringen i innboksen din.',
  again: 'Fyll ut på nytt',
  received: 'Angremeldingen din er mottatt',
  receivedText:
    'Den gjelder fra tidspunktet under. En kvittering er på vei til adressen du oppga, og svaret kommer også dit.',
  receipt: 'Kvittering for melding om angrerett',
  receiptText: 'Kvitteringen er ekte: den vises slik den er lagret.',
  receiptNumber: 'Kvitteringsnummer',
  receivedAt: 'Mottatt',
  sentAt: 'Sendt',
  orderNumber: 'Ordrenummer',
  name: 'Navn',
  yourWords: 'Det du skrev',
  pdf: 'Kvitteringen som PDF',
  print: 'Ta vare på filen, eller skriv ut denne siden.',
  noReceipt: 'Det finnes ingen slik kvittering',
  noReceiptText: 'Lenken er ikke hel, eller gjelder ikke lenger. Den står i kvitteringen du fikk på e-post.',
}
