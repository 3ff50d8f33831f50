import { SHOP, SHOP_CASES } from '../../subjects/of-the-shop.ts'
import type { RequestKind } from '../tables.ts'

/** What people are mailed about their requests. Each mail is made of some of these sentences; `facts.ts` has what they are told. */
export type Say = {
  kinds: Record<RequestKind, string>
  hello: string
  received: { subject: (company: string) => string; body: (company: string, what: string, day: string) => string }
  due: (day: string) => string
  free: string
  prove: { subject: (company: string) => string; body: (company: string, what: string) => string }
  proveLink: string
  notYou: string
  linkUntil: (day: string) => string
  identity: { subject: (company: string) => string; body: (what: string) => string; enough: string }
  extended: { subject: (company: string) => string; body: (what: string, day: string) => string }
  answered: { subject: (company: string) => string; body: (what: string) => string }
  did: Partial<Record<RequestKind, string>>
  erasedInPart: string
  /** Of who asked to see what was erased before it was shown. */
  erasedMeanwhile: { all: (day: string) => string; some: (day: string) => string }
  kept: string
  theirs: string
  /** By the system that holds it, what a record is called. */
  systems: Record<string, string>
  keptLine: (record: string, until?: string, why?: string) => string
  holds: Record<string, string>
  lifting: { subject: (company: string) => string; body: (company: string, what: string) => string }
  refused: { subject: (company: string) => string; body: (what: string) => string }
  passedOn: {
    subject: (company: string) => string
    body: (company: string, what: string, organisation: string) => string
  }
  export: { subject: (company: string) => string; body: (company: string, given: boolean) => string; safe: string }
  why: string
  complain: (authorities: string) => string
  court: string
  contact: (contact: string) => string
}

const nb: Say = {
  kinds: {
    access: 'innsyn i opplysningene dine',
    rectify: 'retting av opplysningene dine',
    erase: 'sletting av opplysningene dine',
    restrict: 'begrenset bruk av opplysningene dine',
    object: 'at opplysningene dine ikke brukes',
    portability: 'å få med deg opplysningene dine',
    'withdraw-consent': 'at samtykket ditt trekkes tilbake',
    'human-review': 'at et menneske ser på en avgjørelse',
  },
  hello: 'Hei,',
  received: {
    subject: (company) => `Vi har fått kravet ditt – ${company}`,
    body: (company, what, day) => `${company} mottok ${day} kravet ditt om ${what}.`,
  },
  due: (day) => `Du får svar senest ${day}.`,
  free: 'Det koster deg ingenting.',
  prove: {
    subject: (company) => `Bekreft kravet ditt til ${company}`,
    body: (company, what) => `Noen har oppgitt denne adressen og bedt ${company} om ${what}.`,
  },
  proveLink: 'Var det deg, bekreft det på denne siden. Mer trenger vi ikke for å vite at adressen er din:',
  notYou: 'Var det ikke deg, trenger du ikke gjøre noe. Da skjer det ingenting.',
  linkUntil: (day) => `Siden virker til ${day}.`,
  identity: {
    subject: (company) => `Vi må vite at det er deg – ${company}`,
    body: (what) => `Før vi gjør noe med kravet ditt om ${what}, må vi vite at det kommer fra deg.`,
    enough:
      'Det holder at du svarer fra adressen vi har, eller nevner noe bare du og vi vet, som et ordrenummer. Send ikke kopi av legitimasjon.',
  },
  extended: {
    subject: (company) => `Vi trenger mer tid – ${company}`,
    body: (what, day) => `Vi trenger mer tid til å svare på kravet ditt om ${what}. Du får svar senest ${day}.`,
  },
  answered: {
    subject: (company) => `Svar på kravet ditt – ${company}`,
    body: (what) => `Her er svaret på kravet ditt om ${what}.`,
  },
  did: {
    erase: 'Opplysningene er slettet hos alle som hadde dem.',
    restrict:
      'Fra nå av er opplysningene bare lagret, og brukes ikke til noe annet. Du får beskjed før det endrer seg.',
    object: 'Fra nå av brukes opplysningene ikke til markedsføring.',
    'withdraw-consent': 'Samtykket er trukket tilbake, og ingenting bygger lenger på det.',
  },
  erasedInPart: 'Det som kan slettes, er slettet hos alle som hadde det.',
  erasedMeanwhile: {
    all: (day) =>
      `Det vi hadde om deg, ble slettet ${day}, før det var samlet til deg. Vi har ingenting igjen å vise utenom kravene dine og, som en hash, det du eventuelt har sagt om reklame (personvernforordningen art. 15 nr. 1 og art. 17 nr. 1).`,
    some: (day) =>
      `Noe av det vi hadde om deg, ble slettet ${day}, før det var samlet til deg. Filen har det som er igjen, og sier hvorfor det er lagret (personvernforordningen art. 15 nr. 1 og art. 17 nr. 1).`,
  },
  kept: 'Dette må bli liggende, og brukes ikke til noe annet:',
  theirs: 'Om dette bestemmer organisasjonen du er med i. Spør den, eller svar oss, så sender vi kravet videre dit:',
  systems: { [SHOP]: 'ordre', [SHOP_CASES]: 'saker om ordre' },
  keptLine: (record, until, why) => `${record}${until ? ` til og med ${until}` : ''}${why ? `, fordi ${why}` : ''}`,
  holds: {
    'open-order': 'en ordre er under arbeid',
    'open-complaint': 'en sak er åpen',
    'kept-on-request': 'du har bedt om at det bare skal lagres',
    'legal-hold': 'det er en tvist, eller en myndighet har krevd det',
    postponed: 'det ikke kan slettes der det står ennå',
  },
  lifting: {
    subject: (company) => `Opplysningene dine tas i bruk igjen – ${company}`,
    body: (company, what) =>
      `Siden du sendte ${company} kravet om ${what}, har opplysningene bare vært lagret. Det tar slutt nå: fra i dag brukes de igjen som før.`,
  },
  refused: {
    subject: (company) => `Svar på kravet ditt – ${company}`,
    body: (what) => `Kravet ditt om ${what} er ikke tatt til følge.`,
  },
  passedOn: {
    subject: (company) => `Kravet ditt er sendt videre – ${company}`,
    body: (company, what, organisation) =>
      `Kravet ditt om ${what} gjelder opplysninger som ${organisation} bestemmer over. ${company} behandler dem bare for ${organisation}, og har sendt kravet videre dit. ${organisation} svarer deg.`,
  },
  export: {
    subject: (company) => `Opplysningene dine er klare – ${company}`,
    body: (company, given) =>
      `${given ? `Det du har gitt ${company}` : `Det ${company} har lagret om deg`}, er samlet i én fil. Den hentes her:`,
    safe: 'Lenken er bare for deg: del den ikke med noen.',
  },
  why: 'Begrunnelse:',
  complain: (authorities) => `Du kan klage til ${authorities}.`,
  court: 'Du kan også gå til domstolene.',
  contact: (contact) => `Spørsmål sendes til ${contact}.`,
}

const en: Say = {
  kinds: {
    access: 'access to your data',
    rectify: 'a correction of your data',
    erase: 'the erasure of your data',
    restrict: 'a restriction on the use of your data',
    object: 'an end to the use of your data',
    portability: 'a copy of your data to take along',
    'withdraw-consent': 'the withdrawal of your consent',
    'human-review': 'a review of a decision by a person',
  },
  hello: 'Hello,',
  received: {
    subject: (company) => `We have your request – ${company}`,
    body: (company, what, day) => `On ${day} ${company} received your request for ${what}.`,
  },
  due: (day) => `You will have our answer by ${day}.`,
  free: 'It costs you nothing.',
  prove: {
    subject: (company) => `Confirm your request to ${company}`,
    body: (company, what) => `Somebody gave this address and asked ${company} for ${what}.`,
  },
  proveLink: 'If it was you, confirm it on this page. We need no more to know that the address is yours:',
  notYou: 'If it was not you, you need not do anything. Then nothing happens.',
  linkUntil: (day) => `The page works until ${day}.`,
  identity: {
    subject: (company) => `We need to know that it is you – ${company}`,
    body: (what) => `Before we act on your request for ${what}, we need to know that it comes from you.`,
    enough:
      'It is enough to answer from the address that we have, or to name something that only you and we know, such as an order number. Do not send a copy of an identity card.',
  },
  extended: {
    subject: (company) => `We need more time – ${company}`,
    body: (what, day) => `We need more time to answer your request for ${what}. You will have our answer by ${day}.`,
  },
  answered: {
    subject: (company) => `Answer to your request – ${company}`,
    body: (what) => `This is our answer to your request for ${what}.`,
  },
  did: {
    erase: 'The data are erased with everybody who had them.',
    restrict: 'From now on the data are only stored, and used for nothing else. You are told before that changes.',
    object: 'From now on the data are not used for marketing.',
    'withdraw-consent': 'The consent is withdrawn, and nothing rests on it any more.',
  },
  erasedInPart: 'What can be erased is erased with everybody who had it.',
  erasedMeanwhile: {
    all: (day) =>
      `What we had about you was erased on ${day}, before it was collected for you. We have nothing left to show but your requests and, as a hash, whatever you said about advertising (GDPR Art. 15(1) and 17(1)).`,
    some: (day) =>
      `Some of what we had about you was erased on ${day}, before it was collected for you. The file has what is left, and says why it is kept (GDPR Art. 15(1) and 17(1)).`,
  },
  kept: 'This has to stay, and is used for nothing else:',
  theirs: 'The organisation that you belong to decides about this. Ask it, or write back and we pass your request on:',
  systems: { [SHOP]: 'order', [SHOP_CASES]: 'cases about order' },
  keptLine: (record, until, why) => `${record}${until ? ` through ${until}` : ''}${why ? `, since ${why}` : ''}`,
  holds: {
    'open-order': 'an order is under way',
    'open-complaint': 'a case is open',
    'kept-on-request': 'you asked that it be only stored',
    'legal-hold': 'there is a dispute, or an authority asked for it',
    postponed: 'it cannot be erased where it stands yet',
  },
  lifting: {
    subject: (company) => `Your data are used again – ${company}`,
    body: (company, what) =>
      `Since you sent ${company} your request for ${what}, your data were only stored. That ends now: from today on they are used again as before.`,
  },
  refused: {
    subject: (company) => `Answer to your request – ${company}`,
    body: (what) => `We have not granted your request for ${what}.`,
  },
  passedOn: {
    subject: (company) => `Your request was passed on – ${company}`,
    body: (company, what, organisation) =>
      `Your request for ${what} is about data that ${organisation} decides about. ${company} only processes them for ${organisation}, and has passed your request on. ${organisation} answers you.`,
  },
  export: {
    subject: (company) => `Your data are ready – ${company}`,
    body: (company, given) =>
      `${given ? `What you gave ${company}` : `What ${company} keeps about you`} is in one file. Fetch it here:`,
    safe: 'The link is for you alone: share it with nobody.',
  },
  why: 'The reasons:',
  complain: (authorities) => `You may complain to ${authorities}.`,
  court: 'You may also go to court.',
  contact: (contact) => `Questions go to ${contact}.`,
}

export const words = { nb, en }
