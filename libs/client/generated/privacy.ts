/** Written from docs/api by `pnpm run docs`: not to be edited. */
export type paths = {
'/account-deletions/{id}': {
/** A person deletes their account, and chooses whether their data go with it or stay for their period */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["AccountDeletionBody"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["AccountDeletion"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/alarms': {
/** What calls for a person, open alarms first */
get: { parameters: { query?: { orderId?: string; kind?: "erasure-unanswered" | "erasure-postponed" | "held-past-its-day" | "retention-unknown" | "request-due" | "request-mails-unsent" | "breach-not-reported" | "breach-notices-waiting" | "export-unanswered" | "policy-notice-untold" | "contacts-unsent" | "contact-not-sent" | "consent-mails-unsent" | "mailbox-unreadable" | "mail-to-read" | "dead-letter" | "event-failing" | "relay-behind" | "partition-idle" | "jobs-failing" | "mails-unsent" | "webhook-failing"; after?: string; limit?: number } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["Alarm"])[]; next?: string } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/alarms/{id}/acknowledgement': {
/** Say that one looks into an alarm */
put: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Alarm"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/alarms/{id}/resolution': {
/** Resolve an alarm */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["AlarmResolution"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Alarm"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/backlog': {
/** What waits, and who works on it */
get: { parameters: {  }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Backlog"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/breach-people': {
/** Whom a system is to tell that a breach hit them, and in which words */
get: { parameters: { query: { system: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["BreachHit"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/breach-people/{id}/told': {
/** A system has told people of a breach, by its id */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["BreachPeopleToldBySystem"] } }; responses: { 204: { headers: Record<string, unknown>; content?: never }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/breaches': {
/** Breaches, the open ones first */
get: { parameters: {  }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["Breach"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/breaches/{id}': {
/** Open a breach of personal data, or put better what is known of it */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["BreachBody"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Breach"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** A breach: by when whom and what is told */
get: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Breach"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/breaches/{id}/closing': {
/** Close a breach */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["BreachClosing"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Breach"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/breaches/{id}/notices': {
/** Write to those whom a breach hit, by their orders */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["BreachNoticeBody"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["BreachNotices"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** How far it is with writing to those whom a breach hit */
get: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["BreachNotices"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/breaches/{id}/people': {
/** Say whom a breach hit, by the records of a system, which is to tell them */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["BreachPeopleBody"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["BreachPeople"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** How far systems of others are with telling those whom a breach hit */
get: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["BreachPeople"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/breaches/{id}/people-told': {
/** Say that the people concerned were told, and how */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["BreachPeopleTold"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Breach"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/breaches/{id}/report': {
/** Say that the authority was told */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["BreachReport"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Breach"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/brevo-events': {
/** Hear from Brevo who unsubscribed, complained or cannot be reached */
post: { parameters: {  }; requestBody: { content: { 'application/json': components["schemas"]["BrevoEvent"] } }; responses: { 204: { headers: Record<string, unknown>; content?: never }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 413: components["responses"]["Problem413"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/consent-confirmations': {
/** A page with what is asked, and the button that agrees */
get: { parameters: { query: { link: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': string } }; 400: components["responses"]["Problem400"]; 404: components["responses"]["Problem404"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** Agree to what was asked by mail */
post: { parameters: { query: { link: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': string } }; 400: components["responses"]["Problem400"]; 404: components["responses"]["Problem404"]; 413: components["responses"]["Problem413"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/consents': {
/** Read what somebody said of consent, and what they opted out of */
get: { parameters: { query: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); kind: ("email" | "phone" | "account"); value: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Consents"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** Give a consent, or withdraw it */
put: { parameters: {  }; requestBody: { content: { 'application/json': components["schemas"]["ConsentSaid"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["ConsentState"] } }; 202: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["ConsentState"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/cookie-choices': {
/** Keep what a browser chose of cookies */
put: { parameters: {  }; requestBody: { content: { 'application/json': components["schemas"]["CookiesChosen"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["CookieChoice"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 413: components["responses"]["Problem413"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** Read what a browser chose of cookies */
get: { parameters: { query: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); browser: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["CookieChoice"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/data-holds': {
/** The holds, open ones first */
get: { parameters: {  }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["DataHold"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/data-holds/{id}': {
/** Keep what is held of a person, or one record, until a dispute is over */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["DataHoldBody"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["DataHold"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** A dispute is over: what it kept goes when its time is over */
delete: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["DataHold"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/dead-letters': {
/** List events that could not be applied */
get: { parameters: { query?: { limit?: number } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["FailedEvent"])[]; count: number } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/dead-letters/revival': {
/** Try events again that failed */
post: { parameters: {  }; requestBody: { content: { 'application/json': components["schemas"]["DeadLetterRevival"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["DeadLettersRevived"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 413: components["responses"]["Problem413"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/dead-letters/revival/preview': {
/** See what would follow of trying events again that failed */
post: { parameters: {  }; requestBody: { content: { 'application/json': components["schemas"]["DeadLetterRevivalPreview"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["DeadLettersForeseen"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 413: components["responses"]["Problem413"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/disclosures/{controller}': {
/** To whom data of a controller were given because the law asked for it, the newest first */
get: { parameters: { path: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg") } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["Disclosure"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/disclosures/{id}': {
/** Write down that data were given to a court or an authority */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["DisclosureBody"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Disclosure"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/erasures': {
/** The log of erasures, the latest first */
get: { parameters: { query?: { open?: "true"; before?: string; limit?: number } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["Erasure"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/erasures/of-system/{system}': {
/** What a system was asked to erase and has not answered, the oldest first */
get: { parameters: { path: { system: string }; query?: { controller?: ("smartgroup" | "smartphoto" | "smarti" | "smartorg") } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["Erasure"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/erasures/{id}': {
/** Have the personal data of orders erased */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["ErasureBody"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Erasure"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** Read an erasure and what was answered to it */
get: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Erasure"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/erasures/{id}/answer': {
/** A system has erased what it was asked to, or says what it cannot let go yet */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["ErasureAnswer"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Erasure"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/exports/of-system/{system}': {
/** What a system is asked to deliver for people who want to see their data, the oldest first */
get: { parameters: { path: { system: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["PartWanted"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/exports/{id}': {
/** Have what is held of a person collected, for a request to see it or to take it along */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["ExportBody"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["ExportState"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** How far an export is: whose part is there and whose is waited for */
get: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["ExportState"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/exports/{id}/archive': {
/** The archive, to hand to a person who has no mailbox */
get: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/zip': string } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/exports/{id}/download': {
/** A page with the button that fetches the archive */
get: { parameters: { path: { id: string }; query: { link: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': string } }; 400: components["responses"]["Problem400"]; 404: components["responses"]["Problem404"]; 410: components["responses"]["Problem410"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** The archive, as a zip file */
post: { parameters: { path: { id: string }; query: { link: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/zip': string } }; 400: components["responses"]["Problem400"]; 404: components["responses"]["Problem404"]; 410: components["responses"]["Problem410"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/exports/{id}/mails': {
/** Mail the link to an export again, to the address that the request is answered at */
post: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["PersonWithExport"] } }; responses: { 204: { headers: Record<string, unknown>; content?: never }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/exports/{id}/parts/{system}': {
/** A system delivers what it holds of a person */
put: { parameters: { path: { id: string; system: string } }; requestBody: { content: { 'application/json': components["schemas"]["ExportPartBody"] } }; responses: { 204: { headers: Record<string, unknown>; content?: never }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/guardian-consents': {
/** Ask a guardian to consent for a child */
post: { parameters: {  }; requestBody: { content: { 'application/json': components["schemas"]["GuardianAsked"] } }; responses: { 202: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["GuardianState"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/holdings/of-person': {
/** Who holds what of a person */
post: { parameters: {  }; requestBody: { content: { 'application/json': components["schemas"]["PersonAsked"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["Holding"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 413: components["responses"]["Problem413"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/holdings/{controller}/{system}/{record}': {
/** A system holds a record of a person */
put: { parameters: { path: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); system: string; record: string } }; requestBody: { content: { 'application/json': components["schemas"]["Held"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Holding"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** A system holds a record no more */
delete: { parameters: { path: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); system: string; record: string } }; responses: { 204: { headers: Record<string, unknown>; content?: never }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/notices': {
/** Whom a system is to tell that a policy has changed: people it holds something of, whom nobody told */
get: { parameters: { query: { system: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["Notice"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 409: components["responses"]["Problem409"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/notices/{id}/told': {
/** A system has told people of a change */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["NoticesTold"] } }; responses: { 204: { headers: Record<string, unknown>; content?: never }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/permission': {
/** Ask whether somebody may be reached for a purpose, and why */
get: { parameters: { query: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); kind: ("email" | "phone" | "account"); value: string; purpose: ("newsletter" | "profiling" | "analytics-cookies" | "marketing-cookies" | "advertising-audience" | "third-party" | "membership"); similarGoods?: boolean; recipient?: string; browser?: string; language?: ("nb" | "en") } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Permission"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/policies': {
/** List the privacy policies */
get: { parameters: {  }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Policies"] } }; 400: components["responses"]["Problem400"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/policies/{controller}': {
/** Read the privacy policy that is in force */
get: { parameters: { path: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg") }; query?: { locale?: ("nb" | "en"); format?: ("json" | "html") } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Policy"]; 'text/html': string } }; 304: { headers: Record<string, unknown>; content?: never }; 400: components["responses"]["Problem400"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/policies/{controller}/{date}': {
/** Read an edition of a privacy policy */
get: { parameters: { path: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); date: string }; query?: { locale?: ("nb" | "en"); format?: ("json" | "html") } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Policy"]; 'text/html': string } }; 304: { headers: Record<string, unknown>; content?: never }; 400: components["responses"]["Problem400"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/policy-changes': {
/** Which policies changed, what is different, and how many were told of it */
get: { parameters: {  }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["PolicyChange"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/processors/{id}': {
/** Write a processor down, or put better what is known of it */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["ProcessorBody"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Processor"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/registers/{controller}': {
/** What a controller processes, why, for how long, and who gets it */
get: { parameters: { path: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg") }; query?: { locale?: ("nb" | "en") } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["RecordOfProcessing"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/request-confirmations': {
/** A page with what was asked, and the button that confirms it */
get: { parameters: { query: { link: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': string } }; 400: components["responses"]["Problem400"]; 404: components["responses"]["Problem404"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** It was me: the request stands */
post: { parameters: { query: { link: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': string } }; 400: components["responses"]["Problem400"]; 404: components["responses"]["Problem404"]; 413: components["responses"]["Problem413"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/request-links': {
/** A person asks by their e-mail address, without being signed in */
post: { parameters: {  }; requestBody: { content: { 'application/json': components["schemas"]["RequestLinkBody"] } }; responses: { 202: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["RequestLink"] } }; 400: components["responses"]["Problem400"]; 413: components["responses"]["Problem413"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/requests': {
/** Requests by the day on which they are due, open ones first */
get: { parameters: { query?: { open?: "true"; after?: string; limit?: number } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["PrivacyRequest"])[]; next?: string; count: number; overdue: number } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/requests/of-person': {
/** What a person asked for, the latest first */
post: { parameters: {  }; requestBody: { content: { 'application/json': components["schemas"]["PersonWhoAsked"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["PrivacyRequest"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 413: components["responses"]["Problem413"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/requests/{id}': {
/** A person uses a right: access, rectification, erasure, restriction, objection, portability, consent, review */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["PrivacyRequestBody"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["PrivacyRequest"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** A request, by when it is answered, and what came of it */
get: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["PrivacyRequest"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/requests/{id}/answer': {
/** The person was answered: it is done, or refused with reasons */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["RequestAnswer"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["PrivacyRequest"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/requests/{id}/doubt': {
/** Ask for proof of who is asking, because there is reasonable doubt */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["RequestStepdoubt"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["PrivacyRequest"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/requests/{id}/extension': {
/** Two months more are needed, and the person is told why */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["RequestStepextension"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["PrivacyRequest"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/requests/{id}/identity': {
/** The person has shown who they are */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["RequestStepidentity"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["PrivacyRequest"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/requests/{id}/organisation': {
/** Pass a request on to the organisation that decides about the data */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["DecidingOrganisation"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["PrivacyRequest"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/requests/{id}/person': {
/** The keys of whoever asks, who holds what of them, and what is only stored since */
get: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["PersonOfRequest"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/requests/{id}/restriction': {
/** What was only stored may be used again; the person is told before (GDPR Art. 18(3)) */
delete: { parameters: { path: { id: string } }; responses: { 204: { headers: Record<string, unknown>; content?: never }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/retention/{controller}/due': {
/** What goes by the end of a day, when, and by which sentence: a dry run */
get: { parameters: { path: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg") }; query?: { on?: string; limit?: number } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { on: string; counts: ({ system: string; category: string; count: number; first: string })[]; items: (components["schemas"]["Holding"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/retention/{controller}/runs': {
/** Ask the holders to erase what has had its time, now */
post: { parameters: { path: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg") } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { holdings: number } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** The runs that found something, the latest first */
get: { parameters: { path: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg") } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["RetentionRun"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/unsubscribe': {
/** A page with the button that unsubscribes */
get: { parameters: { query: { link: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': string } }; 400: components["responses"]["Problem400"]; 404: components["responses"]["Problem404"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** Unsubscribe, with one click and at once */
post: { parameters: { query: { link: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': string } }; 400: components["responses"]["Problem400"]; 404: components["responses"]["Problem404"]; 413: components["responses"]["Problem413"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/webhooks': {
/** Who is told over HTTP */
get: { parameters: {  }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["Webhook"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/webhooks/{id}': {
/** Have events sent to an address, or change it */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["WebhookBody"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Webhook"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/webhooks/{id}/deliveries': {
/** What was sent and what became of it, newest first */
get: { parameters: { path: { id: string }; query?: { status?: ("waiting" | "delivered" | "failed"); before?: number; limit?: number } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["WebhookDelivery"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/webhooks/{id}/removal': {
/** Send nothing there any more */
put: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { id: string } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/webhooks/{id}/replay': {
/** Send again what was sent or given up */
post: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': (components["schemas"]["ReplayEvent"] | components["schemas"]["ReplayAfter"]) } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { replayed: number } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/webhooks/{id}/secret': {
/** Give it another secret */
post: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { secret: string; until: string } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
}
export type components = {
schemas: {
AccountDeletion: { erasureRequested: boolean; dueOn?: string; reasons: (components["schemas"]["Reason"])[] }
AccountDeletionBody: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); identifiers: (components["schemas"]["Identifier"])[]; choice: ("delete" | "keep"); replyTo?: string; language?: ("nb" | "en") }
Alarm: { id: string; orderId?: string; about?: string; kind: "erasure-unanswered" | "erasure-postponed" | "held-past-its-day" | "retention-unknown" | "request-due" | "request-mails-unsent" | "breach-not-reported" | "breach-notices-waiting" | "export-unanswered" | "policy-notice-untold" | "contacts-unsent" | "contact-not-sent" | "consent-mails-unsent" | "mailbox-unreadable" | "mail-to-read" | "dead-letter" | "event-failing" | "relay-behind" | "partition-idle" | "jobs-failing" | "mails-unsent" | "webhook-failing"; detail: Record<string, unknown>; raisedAt: string; acknowledgedAt?: string; acknowledgedBy?: string; resolvedAt?: string; resolvedBy?: string; resolution?: string }
AlarmResolution: { done: string }
Backlog: { outbox: { waiting: number; oldestAt?: string }; relay: { leader?: string; numbered: number; published: number; epoch: number }; inbox: { waiting: number; failing: number; dead: number; oldestAt?: string }; partitions: { idle: number; all: number }; jobs: (components["schemas"]["JobQueue"])[] }
Breach: { id: string; controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); foundAt: string; openedAt: string; risk: ("none" | "risk" | "high"); nature: string; categories: (string)[]; people?: number; contact?: string; consequences?: string; measures?: string; authorityBy?: string; tellPeople: boolean; open: (("authority" | "people"))[]; notice: { authority?: { says: (string)[]; missing: (string)[]; reasons: (components["schemas"]["Reason"])[] }; people?: { says: (string)[]; missing: (string)[]; reasons: (components["schemas"]["Reason"])[] } }; reportedAt?: string; reference?: string; delay?: string; peopleToldAt?: string; how?: string; closedAt?: string; outcome?: string; reasons: (components["schemas"]["Reason"])[] }
BreachBody: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); foundAt: string; risk: ("none" | "risk" | "high"); nature: string; categories: (string)[]; people?: number; contact?: string; consequences?: string; measures?: string }
BreachClosing: { outcome: string }
BreachHit: { breachId: string; controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); subject: string; records: (string)[]; nature: string; consequences?: string; measures?: string; contact: string; authorities: (string)[] }
BreachNoticeBody: { orderIds: (string)[]; language: ("nb" | "en") }
BreachNotices: { waiting: number; written: number; noAddress: number; orders: ({ orderId: string; status: ("waiting" | "written" | "no-address") })[] }
BreachPeople: { toTell: number; told: number; systems: ({ system: string; toTell: number; told: number })[] }
BreachPeopleBody: { system: string; records?: (string)[] }
BreachPeopleTold: { toldAt: string; how: string }
BreachPeopleToldBySystem: { system: string; subjects: (string)[] }
BreachReport: { reportedAt: string; reference: string; delay?: string }
BrevoEvent: { event: string; email?: string; ts_event?: number }
Citation: { edition?: string; clause?: string; act?: string; section?: string; agreement?: string; agreedOn?: string; text: string; url?: string }
ConsentSaid: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); kind: ("email" | "phone" | "account"); value: string; purpose: ("newsletter" | "profiling" | "analytics-cookies" | "marketing-cookies" | "advertising-audience" | "third-party" | "membership"); text: string; language: ("nb" | "en"); source: string; given: boolean; age?: number; country?: string; at?: string; proven?: boolean; by?: ("person" | "staff") }
ConsentState: { state: ("given" | "withdrawn" | "awaiting-confirmation"); confirmBy?: string; reasons?: (components["schemas"]["Reason"])[] }
Consents: { log: ({ purpose: ("newsletter" | "profiling" | "analytics-cookies" | "marketing-cookies" | "advertising-audience" | "third-party" | "membership"); what: ("given" | "withdrawn"); at: string; recordedAt: string; by: string; source: string; textSha256?: string; guardian?: string })[]; suppressed: ({ purpose: string; at: string; source: string })[]; child: boolean }
CookieChoice: { accepted: (string)[]; chosenAt: string; askAgainAt: string; textSha256: string }
CookiesChosen: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); browser: string; accepted: (("analytics-cookies" | "marketing-cookies"))[]; text: string; language: ("nb" | "en") }
DataHold: { id: string; controller: string; about: ("person" | components["schemas"]["RecordNamed"]); why: string; setBy: string; setAt: string; endedBy?: string; endedAt?: string }
DataHoldBody: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); person?: components["schemas"]["Identifier"]; record?: components["schemas"]["RecordNamed"]; why: string }
DeadLetterRevival: { aggregateId?: string }
DeadLetterRevivalPreview: { aggregateId?: string }
DeadLettersForeseen: { failed: number; items: (components["schemas"]["RevivalForeseen"])[] }
DeadLettersRevived: { revived: number }
DecidingOrganisation: { name: string; email: string; person?: string }
DeliveredDatum: { place: string; category: ("identity" | "contact" | "address" | "statement" | "given" | "observed"); value: unknown }
DeliveredRecord: { record: string; items: (components["schemas"]["DeliveredDatum"])[]; withheld?: (string)[] }
Disclosure: { id: string; controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); disclosedAt: string; to: string; what: string; ground: string; toldBefore: boolean; whyNot?: string }
DisclosureBody: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); disclosedAt: string; to: string; what: string; ground: string; toldBefore: boolean; whyNot?: string }
Erasure: { id: string; controller: string; system: string; records: (string)[]; keeps: (("accounts" | "order"))[]; cause: string; reasons: (components["schemas"]["Reason"])[]; askedAt: string; answerBy: string; settledAt?: string; awaited: (string)[]; answers: ({ holder: string; erased: (string)[]; postponed: ({ record: string; why: string })[]; counts: components["schemas"]["ErasureCounts"]; answeredAt: string })[] }
ErasureAnswer: { erased: (string)[]; postponed?: ({ record: string; why: string })[]; counts: components["schemas"]["ErasureCounts"] }
ErasureBody: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); orderIds: (string)[]; why: string }
ErasureCounts: { blanked: number; deleted: number; events: number; files: number }
ExportBody: { withoutMissing?: boolean }
ExportPart: { system: string; record: string; holder: string; status: ("wanted" | "there" | "left-out"); answerBy: string }
ExportPartBody: { records: (components["schemas"]["DeliveredRecord"])[] }
ExportState: { id: string; controller: string; kind: ("access" | "portability"); language: ("nb" | "en"); status: ("collecting" | "ready" | "ended" | "erased"); begunAt: string; readyAt?: string; until?: string; parts: (components["schemas"]["ExportPart"])[] }
FailedEvent: { eventId: string; producer: string; type: string; aggregateId: string; version: number; attempts: number; dead: boolean; receivedAt: string; nextAttemptAt?: string; error?: string }
GuardianAsked: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); kind: ("email" | "phone" | "account"); value: string; purpose: ("newsletter" | "profiling" | "analytics-cookies" | "marketing-cookies" | "advertising-audience" | "third-party" | "membership"); text: string; language: ("nb" | "en"); source: string; age: number; country?: string; guardianEmail: string }
GuardianState: { state: "awaiting-confirmation"; confirmBy: string }
Held: { category: string; identifiers: (components["schemas"]["Identifier"])[]; facts: components["schemas"]["HoldingFacts"]; age?: number }
Holding: { controller: string; system: string; record: string; category: string; status: ("held" | "due" | "erased"); facts: components["schemas"]["HoldingFacts"]; dueAt?: string; holds: (string)[]; missing?: string; postponedUntil?: string; reasons: (components["schemas"]["Reason"])[] }
HoldingFacts: { on?: { document?: string; delivered?: string; activity?: string; login?: string; lastOrder?: string; newOrder?: string; lastContact?: string; caseClosed?: string; consentEnded?: string; unsubscribed?: string; accountDeleted?: string; ordered?: string; saved?: string; uploaded?: string; transaction?: string; purposeEnded?: string }; newOrders?: (string)[]; visitEndedAt?: string; account?: boolean; orderLinked?: boolean; longLived?: boolean; openOrder?: boolean; openComplaint?: boolean; legalHold?: boolean }
Identifier: { kind: ("email" | "phone" | "account"); value: string }
JobQueue: { queue: string; waiting: number; later: number; active: number; failing: number; tries: number; oldestAt?: string }
Notice: { changeId: string; controller: string; before: string; edition: string; sections: (string)[]; consentsToRenew: (string)[]; subject: string; records: (string)[] }
NoticesTold: { system: string; subjects: (string)[] }
PartWanted: { exportId: string; record: string; answerBy: string }
Permission: { outcome: ("granted" | "refused" | "review"); reasons: (components["schemas"]["Reason"])[]; headers?: { [name: string]: string } }
PersonAsked: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); identifiers: (components["schemas"]["Identifier"])[] }
PersonOfRequest: { keys: (string)[]; holdings: (components["schemas"]["Holding"])[]; restrictions: (components["schemas"]["Restriction"])[] }
PersonWhoAsked: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); identifiers: (components["schemas"]["Identifier"])[] }
PersonWithExport: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); identifiers: (components["schemas"]["Identifier"])[] }
Policies: { items: (components["schemas"]["PolicyItem"])[] }
Policy: { id: string; controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); name: string; country: string; organisationNumber?: string; since: string; dated: ("printed" | "first-seen"); sha256: string; contact: string; authorities: (string)[]; locale: ("nb" | "en"); sections: ({ place: string; anchor: string; title: string; text: string })[]; recipients: ({ kind: string; names: (string)[]; basis: string; minimum: (string)[]; cites: (components["schemas"]["Citation"])[] })[]; findings: (components["schemas"]["PolicyFinding"])[] }
PolicyChange: { changeId: string; controller: string; before: string; edition: string; sections: (string)[]; consentsToRenew: (string)[]; adoptedAt: string; told: number; untold: number; unreachable: number; unreachableBecause: { nothingHeld: number; noAddress: number; consentOnly: number } }
PolicyFinding: { code: string; finding: string; cites: (components["schemas"]["Citation"])[] }
PolicyItem: { id: string; controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); name: string; country: string; organisationNumber?: string; since: string; dated: ("printed" | "first-seen"); sha256: string; contact: string; authorities: (string)[]; links: { json: string; html: string } }
PrivacyRequest: { id: string; controller: string; kind: ("access" | "rectify" | "erase" | "restrict" | "object" | "portability" | "withdraw-consent" | "human-review"); channel: ("signed-in" | "link" | "form" | "email" | "letter" | "phone"); status: ("open" | "waiting-for-identity" | "to-pass-on" | "answered" | "refused" | "passed-on"); receivedOn: string; dueOn?: string; extended: boolean; answeredAt?: string; purpose?: string; orderId?: string; kept?: ({ system: string; record: string; until?: string; holds: (string)[]; decidedBy?: "organisation"; reasons: (components["schemas"]["Reason"])[] })[]; erasedOn?: string; organisationsDecide: boolean; passedOn?: ({ organisation: string; status: ("waiting" | "sent" | "refused") })[]; words?: string; answer?: string; complainTo: (string)[]; reasons: (components["schemas"]["Reason"])[] }
PrivacyRequestBody: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); kind: ("access" | "rectify" | "erase" | "restrict" | "object" | "portability" | "withdraw-consent" | "human-review"); channel: ("signed-in" | "link" | "form" | "email" | "letter" | "phone"); identifiers: (components["schemas"]["Identifier"])[]; receivedOn?: string; purpose?: string; orderId?: string; organisation?: components["schemas"]["DecidingOrganisation"]; words?: string; replyTo?: string; language?: ("nb" | "en") }
Problem: { type: string; title: string; status: number; detail: string; reasons?: (components["schemas"]["Reason"])[]; errors?: ({ field: string; message: string })[] }
Processor: { id: string; controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); name: string; kind: string; agreement: string; country: string; safeguard?: string; since: string; until?: string }
ProcessorBody: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); name: string; kind: string; agreement: string; country: string; safeguard?: string; since: string; until?: string }
Reason: { code: string; cites: (components["schemas"]["Citation"])[] }
RecordNamed: { system: string; record: string }
RecordOfProcessing: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); name: string; contact: string; activities: ({ category: string; uses: ({ purpose: string; ground?: string; cites: (components["schemas"]["Citation"])[] })[]; kept: ({ from: (string)[]; for: string; duties: (string)[]; cites: (components["schemas"]["Citation"])[] })[]; findings: ({ code: string; says: string; cites: (components["schemas"]["Citation"])[] })[]; subjects?: { who: string; cites: (components["schemas"]["Citation"])[] } })[]; further: ({ purpose: string; ground?: string; cites: (components["schemas"]["Citation"])[] })[]; roles: ({ purpose: string; controller: string; processor: string; cites: (components["schemas"]["Citation"])[] })[]; recipients: ({ kind: string; names: (string)[]; basis: string; minimum: (string)[]; cites: (components["schemas"]["Citation"])[] })[]; processors: (components["schemas"]["Processor"])[]; transfers: ({ name: string; kind: string; country: string; safeguard?: string })[]; measures: ({ says: string; keptBy: string })[]; onBehalf?: { processor: string; controllers: string; categories: (string)[]; processing: ({ what: string; cites: (components["schemas"]["Citation"])[] })[]; cites: (components["schemas"]["Citation"])[]; findings: ({ code: string; says: string; cites: (components["schemas"]["Citation"])[] })[] }; outgoing: ({ name: string; kind: string; fields: (string)[] })[]; withoutAgreement: ({ name: string; kind: string })[] }
ReplayAfter: { after: number }
ReplayEvent: { eventId: string }
RequestAnswer: { outcome: ("done" | "refused"); answer: string }
RequestLink: { confirmBy: string }
RequestLinkBody: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); kind: ("access" | "rectify" | "erase" | "restrict" | "object" | "portability" | "withdraw-consent" | "human-review"); email: string; language?: ("nb" | "en"); purpose?: string; orderId?: string; words?: string }
RequestStepdoubt: { why: string }
RequestStepextension: { why: string }
RequestStepidentity: { why: string }
Restriction: { since: string; endedAt?: string }
RetentionRun: { ranAt: string; holdings: number; erasures: number }
RevivalForeseen: { producer: string; aggregateId: string; orderId?: string; rehearsed: boolean; events: ({ eventId: string; type: string; version: number; failed: boolean; outcome: "applied" | "fails" | "waits" | "unknown"; error?: string })[]; tells: (string)[]; mails: ({ kind: string; aboutId: string; to?: string })[]; reasons: (components["schemas"]["Reason"])[] }
Webhook: { id: string; url: string; types?: ("ErasureDue" | "PolicyChanged")[]; createdAt: string; createdBy: string; secret?: string }
WebhookBody: { url: string; types?: ("ErasureDue" | "PolicyChanged")[] }
WebhookDelivery: { cursor: number; eventId: string; type: string; about: string; status: ("waiting" | "delivered" | "failed"); attempts: number; lastAttemptAt?: string; deliveredAt?: string; lastStatus?: number; lastError?: string; dueAt?: string }
}
responses: {
Problem400: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem401: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem403: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem404: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem409: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem410: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem413: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem414: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem415: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem429: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem431: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem500: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem503: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
}
}
