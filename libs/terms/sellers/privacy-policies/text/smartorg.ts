import type { PolicySections } from '../../../privacy/policy.ts'

/** The policy section by section, in our own words: the promises are the controller’s. */
export const smartorgSections = {
  Introduction: {
    title: { nb: 'Innledning', en: 'Introduction' },
    nb: 'SmartOrg driver en portal for organisasjoner og medlemmene deres. Om vesentlige endringer får folk beskjed, eller blir spurt om nytt samtykke der loven krever det. Den som fortsetter å bruke løsningen etter en endring, har godtatt den.',
    en: 'SmartOrg runs a portal for organisations and their members. Of substantial changes people are told, or asked for a new consent where the law wants it. Whoever goes on using the solution after a change has accepted it.',
  },
  Roles: {
    title: { nb: 'Roller', en: 'Roles' },
    nb: 'Rollen avhenger av formålet: SmartOrg svarer for kvitteringer, kontoer, betalinger og egen markedsføring, organisasjonen for medlemmene sine.',
    en: 'The role depends on the purpose: SmartOrg answers for receipts, accounts, payments and its own marketing, the organisation for its members.',
  },
  'Sensitive data': {
    title: { nb: 'Sensitive opplysninger', en: 'Sensitive data' },
    nb: 'Sensitive opplysninger samles ikke inn uten at organisasjonen har grunnlag i GDPR art. 9.',
    en: 'Sensitive data are not collected unless the organisation has a ground in GDPR Art. 9.',
  },
  Payments: {
    title: { nb: 'Betaling', en: 'Payments' },
    nb: 'Betalingsopplysninger samles inn etter rettslig plikt og lagres slik lovene om bokføring og hvitvasking sier.',
    en: 'Payment data are collected under a legal obligation and kept as the laws on bookkeeping and laundering say.',
  },
  Data: {
    title: { nb: 'Hva som samles inn', en: 'What is collected' },
    nb: 'Det skjemaer ber om, det informasjonskapsler sier om et besøk, og det noen skriver til oss eller melder seg på med; organisasjonen bestemmer hva en innmelding ber om.',
    en: 'What forms ask for, what cookies tell of a visit, and what somebody writes to us or subscribes with; the organisation decides what a registration asks for.',
  },
  Children: {
    title: { nb: 'Barn', en: 'Children' },
    nb: 'Ingen under 15 år sender inn opplysninger; en organisasjon som ber om dem, trenger klart samtykke fra forelder eller verge.',
    en: 'Nobody under 15 submits data; an organisation that asks for them needs clear consent from a parent or guardian.',
  },
  Use: {
    title: { nb: 'Hva det brukes til', en: 'What it is used for' },
    nb: 'Til bekreftelser, tilgang, organisasjonens arbeid med medlemmene, det det er samtykket til, vern av rettigheter og mot misbruk, og forbedring av løsningen.',
    en: 'For confirmations, access, the organisation’s work with its members, what was consented to, protection of rights and against misuse, and to improve the solution.',
  },
  Recipients: {
    title: { nb: 'Mottakere', en: 'Recipients' },
    nb: 'Opplysninger går til leverandørene som er listet, til selskaper i gruppen, til organisasjonene og der loven krever det. Leverandører er bundet av avtaler, ingenting selges uten uttrykkelig samtykke, og om salg eller fusjon av selskapet får folk beskjed.',
    en: 'Data go to the providers listed, to group companies, to the organisations and where the law asks for it. Providers are bound by agreements, nothing is sold without explicit consent, and of a sale or merger of the company people are told.',
  },
  Choices: {
    title: { nb: 'Valg', en: 'Choices' },
    nb: 'Markedsføring kan forlates slik hver melding sier; meldinger om egne bestillinger og medlemskap fortsetter til man skriver. Informasjonskapsler kan slås av.',
    en: 'Marketing can be left as each message says; messages about one’s own orders and memberships go on until one writes. Cookies can be turned off.',
  },
  Rights: {
    title: { nb: 'Rettigheter', en: 'Rights' },
    nb: 'Alle kan protestere og få opplysninger slettet, begrenset, kopiert og rettet, medlemsopplysninger gjennom organisasjonen; et avslag begrunnes.',
    en: 'Everybody may object, have data erased, restricted, copied and corrected, membership data through the organisation; a refusal is explained.',
  },
  'Automated decisions': {
    title: { nb: 'Automatiserte avgjørelser', en: 'Decisions by machine' },
    nb: 'Alle kan bestride automatiserte avgjørelser; de er ikke vanlige, og folk får vite når de tas.',
    en: 'Everybody may contest decisions by machine; they are not usual, and people are told where they are taken.',
  },
  Storage: {
    title: { nb: 'Lagring', en: 'Storage' },
    nb: 'Opplysninger sikres, og slettes når formålet er borte, senere der loven tillater eller krever det, og fra sikkerhetskopier i en lengre prosess.',
    en: 'Data are protected, and erased when the purpose is gone, later where the law allows or says so, and from backups in a longer process.',
  },
  Exceptions: {
    title: { nb: 'Hva den ikke gjelder', en: 'What it is not about' },
    nb: 'Den gjelder ikke det noen deler på åpne sider eller med andres nettsteder; statistikk nevner ingen.',
    en: 'It is not about what somebody shares on open pages or with sites of others; statistics name nobody.',
  },
} as const satisfies PolicySections
