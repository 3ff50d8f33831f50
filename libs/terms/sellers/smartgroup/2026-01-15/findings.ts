import type { Finding } from '../../../editions/statutory-minimums.ts'
import { angrerettloven } from '../../../statute/angrerettloven.ts'
import { avtaleloven } from '../../../statute/avtaleloven.ts'
import { directive201183 } from '../../../statute/directive-2011-83.ts'
import { forbrukerkjopsloven } from '../../../statute/forbrukerkjopsloven.ts'
import { forbrukerklageloven } from '../../../statute/forbrukerklageloven.ts'
import { prisopplysningsforskriften } from '../../../statute/prisopplysningsforskriften.ts'

/** Where the terms fall short of the law, as the seller printed them on the website, and what the shop does instead. */
export const findings: readonly Finding[] = [
  {
    id: 'refund-counted-from-return',
    clauses: ['8.5'],
    floor: 'refund-clock',
    severity: 'high',
    cites: [angrerettloven('§ 24'), angrerettloven('§ 3')],
    summary: {
      en: 'The days to pay back are counted from the return; the law counts them from the notice of withdrawal.',
      nb: 'Fristen for tilbakebetaling regnes fra returen; loven regner den fra meldingen om at du angrer.',
    },
    instead: {
      en: 'You are paid back within 14 days of your notice. The shop waits longer only until it has the goods or proof that you sent them.',
      nb: 'Du får pengene innen 14 dager etter meldingen din. Butikken venter lenger bare til den har fått varene eller dokumentasjon på at du har sendt dem.',
    },
  },
  {
    id: 'withdrawal-form-missing',
    clauses: ['8.1', '8.3'],
    severity: 'high',
    cites: [angrerettloven('§ 8 første ledd bokstav h'), angrerettloven('§ 21')],
    summary: {
      en: 'The page has no withdrawal form and tells too little about how to withdraw, which can make the period twelve months longer.',
      nb: 'Siden har ikke noe angreskjema og forteller for lite om hvordan du angrer. Det kan gjøre fristen tolv måneder lengre.',
    },
    instead: {
      en: 'The form stands with these terms and comes with every order confirmation. If you were not told all that you should have been, the longer period is yours.',
      nb: 'Skjemaet står sammen med disse vilkårene og følger med hver ordrebekreftelse. Har du ikke fått vite alt du skulle, gjelder den lengre fristen for deg.',
    },
  },
  {
    id: 'languages-mixed',
    clauses: [],
    severity: 'medium',
    cites: [angrerettloven('§ 8 tredje ledd')],
    summary: {
      en: 'The page is in English with French in between, while a shop that sells to consumers in Norway must inform them in Norwegian.',
      nb: 'Siden er på engelsk med innslag av fransk, mens en butikk som selger til forbrukere i Norge, skal informere på norsk.',
    },
    instead: {
      en: 'The terms stand whole in Norwegian and in English, sentence by sentence, and you get them in the language of your order.',
      nb: 'Vilkårene står i sin helhet på norsk og engelsk, setning for setning, og du får dem på språket du bestilte på.',
    },
  },
  {
    id: 'euro-prices-without-vat',
    clauses: ['5.1'],
    floor: 'prices-with-vat',
    severity: 'high',
    cites: [prisopplysningsforskriften('§ 3')],
    summary: {
      en: 'Prices in euro are shown without VAT to everyone; to a consumer a price is the whole price, in every currency.',
      nb: 'Priser i euro vises uten merverdiavgift til alle; for en forbruker er prisen hele prisen, i enhver valuta.',
    },
    instead: {
      en: 'Consumers see every price with VAT. Businesses see prices in euro without it, and the sum with VAT beside it.',
      nb: 'Forbrukere ser alle priser med merverdiavgift. Bedrifter ser priser i euro uten, og summen med merverdiavgift ved siden av.',
    },
  },
  {
    id: 'paypal-not-offered',
    clauses: ['6.1'],
    severity: 'low',
    cites: [directive201183('Art. 8(3)')],
    summary: {
      en: 'PayPal is named among the ways to pay, and the shop has no way to pay by it.',
      nb: 'PayPal nevnes blant betalingsmåtene, men butikken har ingen måte å betale med det på.',
    },
    instead: {
      en: 'How you can pay is said in the checkout before you order. No way to pay costs extra.',
      nb: 'Hvordan du kan betale, står i kassen før du bestiller. Ingen betalingsmåte koster noe ekstra.',
    },
  },
  {
    id: 'seller-may-always-cancel',
    clauses: ['4.2'],
    floor: 'bound-by-agreement',
    severity: 'high',
    cites: [avtaleloven('§ 1'), avtaleloven('§ 32'), avtaleloven('§ 36'), forbrukerkjopsloven('§ 19')],
    summary: {
      en: 'The seller keeps a right to cancel or correct that does not end when the agreement is made.',
      nb: 'Selgeren forbeholder seg en rett til å kansellere eller rette som ikke tar slutt når avtalen er inngått.',
    },
    instead: {
      en: 'Once your order is confirmed the shop cancels only with your consent, or for a mistake so plain that you must have seen it and that a person has looked at.',
      nb: 'Når ordren din er bekreftet, kansellerer butikken bare hvis du samtykker, eller ved en feil som er så åpenbar at du måtte se den, og som et menneske har vurdert.',
    },
  },
  {
    id: 'wrong-mediator',
    clauses: ['17.2'],
    floor: 'mediator',
    severity: 'medium',
    cites: [forbrukerklageloven('§ 2'), forbrukerklageloven('§ 3')],
    summary: {
      en: 'Consumers are sent to Forbrukerrådet, which gives advice but no longer mediates.',
      nb: 'Forbrukere blir vist til Forbrukerrådet, som gir råd, men ikke lenger mekler.',
    },
    instead: {
      en: 'A dispute goes to Forbrukertilsynet for mediation, and from there to Forbrukerklageutvalget. Forbrukerrådet still advises you.',
      nb: 'En tvist går til Forbrukertilsynet for mekling, og derfra til Forbrukerklageutvalget. Forbrukerrådet gir deg fortsatt råd.',
    },
  },
  {
    id: 'withdrawal-function-missing',
    clauses: ['8.3'],
    severity: 'medium',
    cites: [directive201183('Art. 11a'), directive201183('Art. 6(1)(h)'), angrerettloven('§ 20 a')],
    summary: {
      en: 'There is no withdrawal function and no word of where it is: a duty in the EU since 19 June 2026, and enacted in Norway.',
      nb: 'Det finnes ingen angrefunksjon og ingen opplysning om hvor den er: en plikt i EU fra 19. juni 2026, og vedtatt i Norge.',
    },
    instead: {
      en: 'You may withdraw in any clear way, online too, at every hour until the period ends, and you get a receipt by email.',
      nb: 'Du kan angre på enhver tydelig måte, også på nett, til enhver tid fram til fristen går ut, og du får en kvittering på e-post.',
    },
  },
  {
    id: 'edited-under-an-old-date',
    clauses: ['16.1', '16.2'],
    severity: 'medium',
    cites: [avtaleloven('§ 37')],
    summary: {
      en: 'The page says that it was last updated on 15 January 2026, but it was edited in April 2026.',
      nb: 'Siden sier at den sist ble oppdatert 15. januar 2026, men den ble endret i april 2026.',
    },
    instead: {
      en: 'An edition is known by a fingerprint of its content and not by a printed date. Your order keeps the edition that you accepted.',
      nb: 'En utgave kjennes igjen på et fingeravtrykk av innholdet, ikke på en trykt dato. Ordren din beholder den utgaven du godtok.',
    },
  },
  {
    id: 'own-carrier-left-out',
    clauses: ['7.3'],
    severity: 'low',
    cites: [forbrukerkjopsloven('§ 14')],
    summary: {
      en: 'The text does not tell that the risk passes earlier when a consumer engages a carrier that the seller did not offer.',
      nb: 'Teksten sier ikke at risikoen går over tidligere når en forbruker selv engasjerer en transportør som selgeren ikke har tilbudt.',
    },
    instead: {
      en: 'With every carrier that the shop offers the risk is the shop’s until you have the product. Only a carrier of your own takes it over for you.',
      nb: 'Med alle transportører som butikken tilbyr, har butikken risikoen til du har produktet. Bare en transportør du selv har skaffet, tar den over for deg.',
    },
  },
  {
    id: 'remedies-only-perhaps',
    clauses: ['10.4'],
    floor: 'remedies',
    severity: 'high',
    cites: [forbrukerkjopsloven('§ 18'), forbrukerkjopsloven('§ 26'), forbrukerkjopsloven('§ 29')],
    summary: {
      en: 'A complaint “may” give a right, and nothing is said of the two years in which a defect counts as there from the start, nor of the consumer’s own choice of remedy.',
      nb: 'En reklamasjon «kan» gi en rett, og det står ingenting om de to årene da en mangel regnes for å ha vært der fra starten, eller om at forbrukeren selv velger mellom kravene.',
    },
    instead: {
      en: 'A defect gives you the rights of the law. For two years it is for the shop to prove that the product was in order, and you choose between repair and a new product.',
      nb: 'En mangel gir deg rettighetene i loven. I to år er det butikken som må bevise at produktet var i orden, og du velger mellom reparasjon og nytt produkt.',
    },
  },
  {
    id: 'several-parcels-left-out',
    clauses: ['8.2'],
    floor: 'withdrawal-start',
    severity: 'high',
    cites: [angrerettloven('§ 21')],
    summary: {
      en: 'The period to withdraw starts when “the product” is received; of goods ordered together the law counts from the last.',
      nb: 'Angrefristen starter når «produktet» er mottatt; for varer som er bestilt sammen, regner loven fra den siste.',
    },
    instead: {
      en: 'Your period starts when you have the last of what you ordered together, in however many parcels it comes.',
      nb: 'Fristen din starter når du har fått den siste av varene du bestilte sammen, uansett hvor mange pakker de kommer i.',
    },
  },
]
