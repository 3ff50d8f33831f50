/** Written from docs/api by `pnpm run docs`: not to be edited. */
export type paths = {
'/alarms': {
/** What calls for a person, open alarms first */
get: { parameters: { query?: { orderId?: string; kind?: "carrier-unreadable" | "carrier-code-unknown" | "carrier-ahead-of-handover" | "carrier-claim-due" | "return-label-unissued" | "inbound-unsettled" | "recall-unreachable" | "recall-unanswered" | "dead-letter" | "event-failing" | "relay-behind" | "partition-idle" | "jobs-failing" | "mails-unsent" | "webhook-failing"; after?: string; limit?: number } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["Alarm"])[]; next?: string } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
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
'/carrier-events': {
/** What carriers told, newest first, and what came of it */
get: { parameters: { query?: { status?: ("waiting" | "applied" | "noted" | "unknown" | "refused"); carrier?: string; trackingNumber?: string; before?: string; limit?: number } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["CarrierEvent"])[]; next?: string } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/carriers': {
/** The carriers that are heard, their codes, and what of them is unknown */
get: { parameters: {  }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["Carrier"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/carriers/{carrier}/notifications': {
/** A carrier tells of parcels */
post: { parameters: { path: { carrier: string } }; responses: { 202: { headers: Record<string, unknown>; content?: never }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/damage-reports': {
/** What was damaged or lost, by the last day on which the carrier is told in time */
get: { parameters: { query?: { claim?: "open"; settled?: "refund"; shipmentId?: string; orderId?: string; after?: string; limit?: number } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["DamageReport"])[]; next?: string } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/damage-reports/{id}': {
/** Report that goods were damaged or lost on their way */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["DamageReportBody"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["DamageReport"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** What was damaged or lost, and what was done about it */
get: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["DamageReport"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/damage-reports/{id}/choice': {
/** Write down what the customer chose of a loss */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["LossChoice"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["DamageReport"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/damage-reports/{id}/choice/preview': {
/** See what would follow of a choice of a loss */
post: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["LossChoice"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["LossForeseen"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/damage-reports/{id}/claim': {
/** The carrier was told of it */
put: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["DamageReport"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/damage-reports/{id}/photos': {
/** The pictures of damaged goods */
get: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["Photo"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** Have all pictures of damaged goods go */
delete: { parameters: { path: { id: string } }; responses: { 204: { headers: Record<string, unknown>; content?: never }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** Add a picture of damaged goods */
post: { parameters: { path: { id: string } }; requestBody: { content: { 'image/jpeg': unknown; 'image/png': unknown; 'image/webp': unknown } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Photo"] } }; 201: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Photo"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/damage-reports/{id}/photos/{sha256}': {
/** Show a picture of damaged goods */
get: { parameters: { path: { id: string; sha256: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'image/jpeg': string } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** Have a picture of damaged goods go */
delete: { parameters: { path: { id: string; sha256: string } }; responses: { 204: { headers: Record<string, unknown>; content?: never }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/dead-letters': {
/** List events that could not be applied */
get: { parameters: { query?: { limit?: number } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["FailedEvent"])[]; count: number } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/dead-letters/revival': {
/** Try events again that failed */
post: { parameters: {  }; requestBody: { content: { 'application/json': components["schemas"]["DeadLetterRevival"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["DeadLettersRevived"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 413: components["responses"]["Problem413"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/inbound-parcels': {
/** Parcels that came in */
get: { parameters: { query?: { status?: ("open" | "unsettled"); assignee?: string; dueBefore?: string; orderId?: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["InboundParcel"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/inbound-parcels/{id}': {
/** A parcel came in */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["InboundParcelScan"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["InboundParcel"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** A parcel that came in */
get: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["InboundParcel"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/inbound-parcels/{id}/assignee': {
/** Say who works on a parcel that came in */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["InboundAssignment"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["InboundParcel"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/inbound-parcels/{id}/closing': {
/** Nothing more is in a parcel */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["InboundClosing"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["InboundParcel"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/inbound-parcels/{id}/match': {
/** Say whose a parcel is */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["InboundMatch"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["InboundParcel"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/inbound-parcels/{id}/photos': {
/** The pictures of what came in */
get: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["Photo"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** Have all pictures of what came in go */
delete: { parameters: { path: { id: string } }; responses: { 204: { headers: Record<string, unknown>; content?: never }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** Add a picture of what came in */
post: { parameters: { path: { id: string } }; requestBody: { content: { 'image/jpeg': unknown; 'image/png': unknown; 'image/webp': unknown } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Photo"] } }; 201: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Photo"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/inbound-parcels/{id}/photos/{sha256}': {
/** Show a picture of what came in */
get: { parameters: { path: { id: string; sha256: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'image/jpeg': string } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** Have a picture of what came in go */
delete: { parameters: { path: { id: string; sha256: string } }; responses: { 204: { headers: Record<string, unknown>; content?: never }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/inbound-parcels/{id}/settlement': {
/** Say what became of goods that nobody announced */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["InboundSettlement"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["InboundParcel"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/inbound-parcels/{id}/units/{unitId}': {
/** One unit of a parcel, as it was found */
put: { parameters: { path: { id: string; unitId: string } }; requestBody: { content: { 'application/json': components["schemas"]["InboundUnitScan"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["InboundParcel"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/orders/{id}/units': {
/** What became of every unit that was asked of the warehouse */
get: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { orderId: string; lines: (components["schemas"]["UnitAccount"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/personal-data/{orderId}': {
/** Collect what is kept of the person of an order */
get: { parameters: { path: { orderId: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["PersonalDataOfOrder"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/personal-data/{orderId}/photos/{sha256}': {
/** Collect a picture of what is kept of the person of an order */
get: { parameters: { path: { orderId: string; sha256: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'image/jpeg': string } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 410: components["responses"]["Problem410"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/photos': {
/** Show a picture by its signed link */
get: { parameters: { query: { link: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'image/jpeg': string } }; 400: components["responses"]["Problem400"]; 404: components["responses"]["Problem404"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/recalls': {
/** Recalls, the newest first */
get: { parameters: {  }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["Recall"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/recalls/{id}': {
/** Call a product back */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["RecallBody"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Recall"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** How far a recall has come */
get: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Recall"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/recalls/{id}/end': {
/** End a recall */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["RecallEnd"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Recall"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/recalls/{id}/notices': {
/** Who was told of a recall, by order, and what came back */
get: { parameters: { path: { id: string }; query?: { outcome?: ("waiting" | "told" | "unreachable" | "told-by-person"); after?: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["RecallNotice"])[]; next?: string } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/recalls/{id}/notices/{orderId}/told': {
/** Say that a customer was told of a recall otherwise than by mail */
put: { parameters: { path: { id: string; orderId: string } }; requestBody: { content: { 'application/json': components["schemas"]["ToldOfRecall"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Recall"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/return-labels': {
/** Labels of parcels that go back and that no carrier has given yet */
get: { parameters: {  }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["ReturnLabel"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/return-labels/{id}': {
/** Say by which parcel goods go back */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["ReturnLabelIssue"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["ReturnLabel"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/serials/{number}': {
/** Whom a unit went to, by its serial or lot number */
get: { parameters: { path: { number: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["SerialNumber"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/shipments': {
/** List shipments, oldest first */
get: { parameters: { query?: { status?: ("requested" | "accepted" | "packed" | "held" | "cancelled" | "dispatched" | "in-transit" | "at-pickup-point" | "left-elsewhere" | "refused" | "uncollected" | "lost" | "damaged" | "returned" | "delivered"); orderId?: string; trackingNumber?: string; after?: string; limit?: number } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["Shipment"])[]; next?: string } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/shipments/feed': {
/** What happened to shipments, from a cursor on */
get: { parameters: { query?: { after?: number; limit?: number; wait?: number } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Feed"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 409: components["responses"]["Problem409"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/shipments/{id}': {
/** Read a shipment */
get: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Shipment"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/shipments/{id}/acceptance': {
/** The warehouse takes the shipment on */
put: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Shipment"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/shipments/{id}/circumstances': {
/** Record what bears on the risk */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["CircumstanceBody"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Shipment"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/shipments/{id}/delivery': {
/** Somebody took the parcel */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["Delivery"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Shipment"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/shipments/{id}/delivery/correction': {
/** Correct what was told of a delivery */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["DeliveryCorrection"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Shipment"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/shipments/{id}/dispatch': {
/** The carrier has the goods */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["Dispatch"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Shipment"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/shipments/{id}/label': {
/** The label of a parcel as PDF */
get: { parameters: { path: { id: string }; query?: { carrier?: string; trackingNumber?: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/pdf': string } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/shipments/{id}/packing': {
/** The goods are packed */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["Packing"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Shipment"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/shipments/{id}/packing-slip': {
/** The packing slip of a parcel as PDF */
get: { parameters: { path: { id: string }; query?: { units?: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/pdf': string } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/shipments/{id}/risk': {
/** Who bears the risk, and why */
get: { parameters: { path: { id: string }; query?: { at?: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Risk"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/shipments/{id}/units/correction': {
/** Correct the serial or lot numbers of units that left */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["UnitNumbersCorrection"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Shipment"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/shipments/{id}/whereabouts': {
/** Where the parcel is */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["Whereabouts"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Shipment"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
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
Alarm: { id: string; orderId?: string; about?: string; kind: "carrier-unreadable" | "carrier-code-unknown" | "carrier-ahead-of-handover" | "carrier-claim-due" | "return-label-unissued" | "inbound-unsettled" | "recall-unreachable" | "recall-unanswered" | "dead-letter" | "event-failing" | "relay-behind" | "partition-idle" | "jobs-failing" | "mails-unsent" | "webhook-failing"; detail: Record<string, unknown>; raisedAt: string; acknowledgedAt?: string; acknowledgedBy?: string; resolvedAt?: string; resolvedBy?: string; resolution?: string }
AlarmResolution: { done: string }
Backlog: { outbox: { waiting: number; oldestAt?: string }; relay: { leader?: string; numbered: number; published: number; epoch: number }; inbox: { waiting: number; failing: number; dead: number; oldestAt?: string }; partitions: { idle: number; all: number }; jobs: (components["schemas"]["JobQueue"])[] }
Carrier: { carrier: string; signs: boolean; codes: { [name: string]: string }; following: number; failing: number; unknownCodes: ({ code: string; events: number })[]; waiting: number }
CarrierEvent: { id: string; carrier: string; trackingNumber: string; code: string; occurredAt: string; heardAt: string; status: ("waiting" | "applied" | "noted" | "unknown" | "refused"); outcome?: string; place?: string; leftAt?: string; detail?: string; receivedBy?: string }
CircumstanceBody: { circumstance: { ownCarrier?: boolean; ownTransport?: boolean; identified?: boolean; leavingAuthorised?: boolean; collectionAgreed?: boolean; soldForCollection?: boolean; agreedOnArrival?: boolean; inDefault?: boolean; lostAtHome?: boolean; returnBasis?: ("statutory" | "voluntary") }; since: string; lines?: ({ lineId: string; quantity: number })[]; why: string }
Citation: { edition?: string; clause?: string; act?: string; section?: string; agreement?: string; agreedOn?: string; text: string; url?: string }
DamageReport: { id: string; shipmentId: string; orderId: string; kind: ("damaged" | "lost"); lines: ({ lineId: string; quantity: number })[]; reportedBy: ("customer" | "warehouse" | "carrier"); reportedAt: string; what: string; photos: (string)[]; outcome: ("granted" | "review"); late: boolean; claimDueOn: string; claimReasons: (components["schemas"]["Reason"])[]; claimedAt?: string; choice?: ("replacement" | "refund"); replacementId?: string }
DamageReportBody: { shipmentId: string; kind: ("damaged" | "lost"); reportedBy: ("customer" | "warehouse" | "carrier"); reportedAt?: string; lines?: ({ lineId: string; quantity: number })[]; what: string; photos?: (string)[] }
DeadLetterRevival: { aggregateId?: string }
DeadLettersRevived: { revived: number }
Delivery: { receivedAt?: string; receivedBy: string; takenBy?: ("customer" | "named-by-customer" | "neighbour" | "carrier" | "left-with-leave" | "left-without-leave" | "unknown") }
DeliveryCorrection: { delivered?: { receivedAt: string; receivedBy: string; takenBy: ("customer" | "named-by-customer" | "neighbour" | "carrier" | "left-with-leave" | "left-without-leave" | "unknown") }; why: string }
Dispatch: { carrier: string; trackingNumber: string; handedOverAt?: string; units?: (components["schemas"]["NumberedUnits"])[]; manuals?: (string)[]; lines?: ({ lineId: string; quantity: number })[] }
FailedEvent: { eventId: string; producer: string; type: string; aggregateId: string; version: number; attempts: number; dead: boolean; receivedAt: string; nextAttemptAt?: string; error?: string }
Feed: { items: ({ cursor: number; event: { specversion: "1.0"; id: string; source: string; subject: string; time: string; datacontenttype: "application/json"; aggregateversion: number; traceparent?: string; type: "ShipmentRequested" | "ShipmentHeld" | "ShipmentResumed" | "ShipmentCancelled" | "ShipmentReduced" | "ShipmentReaddressed" | "ShipmentAccepted" | "ShipmentPacked" | "ShipmentDispatched" | "ParcelReported" | "ShipmentDelivered" | "DeliveryCorrected" | "UnitNumbersCorrected" | "CircumstanceRecorded" | "RiskPassed" | "DamageReported" | "LossSettled" | "CarrierClaimed" | "CureStopAnswered" | "StopAnswered" | "AddressChangeAnswered" | "ReturnLabelIssued" | "ReturnParcelScanned" | "ReturnParcelArrived" | "ReturnUnitsReceived" | "RecallNoticeAsked" | "RecallAnnounced" | "RecallEnded" | "ShipmentDataErased" | "ShipmentWrittenSince"; data: Record<string, unknown> } })[]; cursor: number }
InboundAssignment: { assignee?: string }
InboundClosing: { content: ("units" | "empty" | "wrong-goods") }
InboundMatch: { orderNumber?: string; returnId?: string; units?: ({ unitId: string; lineId: string })[] }
InboundParcel: { id: string; status: ("open" | "closed"); receivedAt: string; trackingNumber?: string; orderNumber?: string; orderId?: string; returnId?: string; content?: ("units" | "empty" | "wrong-goods"); unsettled: boolean; dueOn?: string; assignee?: string; settledAt?: string; done?: string; note?: string; units: ({ unitId: string; returnId?: string; lineId?: string; sku?: string; received: boolean; seal?: ("intact" | "broken"); complete: boolean; wear: ("none" | "tried" | "used" | "damaged"); originalPackaging: boolean; fitForSale: boolean; neverSent?: boolean; serialNumber?: string; note?: string })[] }
InboundParcelScan: { trackingNumber?: string; orderNumber?: string; returnId?: string; receivedAt?: string; note?: string }
InboundSettlement: { done: string }
InboundUnitScan: { lineId?: string; sku?: string; orderNumber?: string; returnId?: string; serialNumber?: string; seal?: ("intact" | "broken"); complete: boolean; wear: ("none" | "tried" | "used" | "damaged"); originalPackaging: boolean; fitForSale: boolean; note?: string }
JobQueue: { queue: string; waiting: number; later: number; active: number; failing: number; tries: number; oldestAt?: string }
LossChoice: { choice: ("replacement" | "refund") }
LossForeseen: { choice: ("replacement" | "refund"); lines: ({ lineId: string; quantity: number })[] }
NoticeText: { nb: string; en: string }
NumberedUnits: { lineId: string; quantity?: number; serialNumber?: string; lotNumber?: string }
Packing: { units?: (components["schemas"]["NumberedUnits"])[]; manuals?: (string)[] }
PersonalDataOfOrder: { orderId: string; items: (components["schemas"]["PersonalDatum"])[] }
PersonalDatum: { place: string; category: string; value: unknown }
Photo: { sha256: string; width: number; height: number; bytes: number; addedAt: string; url?: string }
Problem: { type: string; title: string; status: number; detail: string; reasons?: (components["schemas"]["Reason"])[]; errors?: ({ field: string; message: string })[] }
Reason: { code: string; cites: (components["schemas"]["Citation"])[] }
Recall: { id: string; sku: string; lotNumbers?: (string)[]; serialNumbers?: ({ from: string; to: string })[]; hazard: components["schemas"]["NoticeText"]; whatToDo: components["schemas"]["NoticeText"]; remedies: (("repair" | "replacement" | "refund"))[]; announcedAt: string; endedAt?: string; why?: string; sweptAt?: string; orders: { asked: number; told: number; toldByPerson: number; unreachable: number; waiting: number }; units: { out: number; cameBack: number; unnumbered: number } }
RecallBody: { sku: string; lotNumbers?: (string)[]; serialNumbers?: ({ from: string; to: string })[]; hazard: { nb: string; en: string }; whatToDo: { nb: string; en: string }; remedies: (("repair" | "replacement" | "refund"))[] }
RecallEnd: { why: string }
RecallNotice: { orderId: string; outcome: ("waiting" | "told" | "unreachable" | "told-by-person"); askedAt: string; settledAt?: string; how?: string; units: ({ lineId: string; sku: string; name: string; quantity: number; serialNumber?: string; lotNumber?: string; cameBack: boolean })[] }
ReplayAfter: { after: number }
ReplayEvent: { eventId: string }
ReturnLabel: { id: string; returnId: string; orderId: string; requestedAt: string; carrier?: string; trackingNumber?: string; code?: string; validUntil?: string; scannedAt?: string; arrivedAt?: string }
ReturnLabelIssue: { carrier: string; trackingNumber: string; code?: string; validUntil?: string }
Risk: { shipmentId: string; at: string; bearer: ("seller" | "customer"); toBeJudged: boolean; paymentDue: boolean; since?: string; reasons: (components["schemas"]["Reason"])[]; units: ({ lineId: string; quantity: number; bearer: ("seller" | "customer"); toBeJudged: boolean; paymentDue: boolean; since?: string; reasons: (components["schemas"]["Reason"])[] })[] }
SerialNumber: { number: string; units: ({ orderId: string; orderNumber: string; shipmentId: string; lineId: string; sku: string; name: string; quantity: number; serialNumber?: string; lotNumber?: string; packedAt?: string; leftAt?: string; receivedAt?: string; cameBackAt?: string; recallIds: (string)[] })[] }
Shipment: { id: string; orderId: string; orderNumber: string; status: ("requested" | "accepted" | "packed" | "held" | "cancelled" | "dispatched" | "in-transit" | "at-pickup-point" | "left-elsewhere" | "refused" | "uncollected" | "lost" | "damaged" | "returned" | "delivered"); customerKind: ("consumer" | "business"); deliveryOption: string; lines: ({ lineId: string; sku: string; name: string; quantity: number; safetyCritical?: boolean; manualUrl?: string })[]; units?: (components["schemas"]["NumberedUnits"])[]; manuals?: (string)[]; stopped?: ({ lineId: string; quantity: number })[]; address: { name: string; street: string; postalCode: string; city: string; country: string; phone?: string }; restOf?: string; restId?: string; requestedAt: string; held?: { at: string; cause: string; waitsFor: (("confirmation" | "payment"))[] }; dispatched?: { carrier: string; trackingNumber: string; handedOverAt: string }; prepared?: { status: ("accepted" | "packed"); at: string }; reports?: ({ report: ("in-transit" | "at-pickup-point" | "left-elsewhere" | "refused" | "uncollected" | "lost" | "damaged" | "returned"); occurredAt: string; takenBy?: ("customer" | "named-by-customer" | "neighbour" | "carrier" | "left-with-leave" | "left-without-leave" | "unknown"); receivedBy?: string; place?: string })[]; receivedAt?: string; receivedBy?: string; takenBy?: ("customer" | "named-by-customer" | "neighbour" | "carrier" | "left-with-leave" | "left-without-leave" | "unknown"); deliveryCorrections?: ({ was: string; wasReceivedBy?: string; receivedAt?: string; receivedBy?: string; takenBy?: ("customer" | "named-by-customer" | "neighbour" | "carrier" | "left-with-leave" | "left-without-leave" | "unknown"); correctedAt: string; by: string; why: string })[]; numberCorrections?: ({ was: (components["schemas"]["NumberedUnits"])[]; correctedAt: string; by: string; why: string })[] }
ToldOfRecall: { how: string }
UnitAccount: { lineId: string; requested: number; open: number; dispatched: number; stopped: number }
UnitNumbersCorrection: { units: (components["schemas"]["NumberedUnits"])[]; why: string }
Webhook: { id: string; url: string; types?: ("ShipmentRequested" | "ShipmentHeld" | "ShipmentResumed" | "ShipmentCancelled" | "ShipmentReduced" | "ShipmentReaddressed" | "ShipmentAccepted" | "ShipmentPacked" | "ShipmentDispatched" | "ParcelReported" | "ShipmentDelivered" | "DeliveryCorrected" | "UnitNumbersCorrected" | "CircumstanceRecorded" | "RiskPassed" | "DamageReported" | "LossSettled" | "CarrierClaimed" | "CureStopAnswered" | "StopAnswered" | "AddressChangeAnswered" | "ReturnLabelIssued" | "ReturnParcelScanned" | "ReturnParcelArrived" | "ReturnUnitsReceived" | "RecallNoticeAsked" | "RecallAnnounced" | "RecallEnded" | "ShipmentDataErased" | "ShipmentWrittenSince")[]; createdAt: string; createdBy: string; secret?: string }
WebhookBody: { url: string; types?: ("ShipmentRequested" | "ShipmentHeld" | "ShipmentResumed" | "ShipmentCancelled" | "ShipmentReduced" | "ShipmentReaddressed" | "ShipmentAccepted" | "ShipmentPacked" | "ShipmentDispatched" | "ParcelReported" | "ShipmentDelivered" | "DeliveryCorrected" | "UnitNumbersCorrected" | "CircumstanceRecorded" | "RiskPassed" | "DamageReported" | "LossSettled" | "CarrierClaimed" | "CureStopAnswered" | "StopAnswered" | "AddressChangeAnswered" | "ReturnLabelIssued" | "ReturnParcelScanned" | "ReturnParcelArrived" | "ReturnUnitsReceived" | "RecallNoticeAsked" | "RecallAnnounced" | "RecallEnded" | "ShipmentDataErased" | "ShipmentWrittenSince")[] }
WebhookDelivery: { cursor: number; eventId: string; type: string; about: string; status: ("waiting" | "delivered" | "failed"); attempts: number; lastAttemptAt?: string; deliveredAt?: string; lastStatus?: number; lastError?: string; dueAt?: string }
Whereabouts: { report: ("in-transit" | "at-pickup-point" | "left-elsewhere" | "refused" | "uncollected" | "lost" | "damaged" | "returned"); occurredAt?: string; place?: string }
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
