/** Written from docs/api by `pnpm run docs`: not to be edited. */
export type paths = {
'/alarms': {
/** What calls for a person, open alarms first */
get: { parameters: { query?: { orderId?: string; kind?: "dead-letter" | "event-failing" | "relay-behind" | "partition-idle" | "jobs-failing" | "mails-unsent" | "webhook-failing"; after?: string; limit?: number } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["Alarm"])[]; next?: string } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/alarms/{id}/resolution': {
/** Resolve an alarm */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["AlarmResolution"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Alarm"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/backlog': {
/** What waits, and who works on it */
get: { parameters: {  }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Backlog"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/dead-letters': {
/** List events that could not be applied */
get: { parameters: {  }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { items: (components["schemas"]["FailedEvent"])[] } } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/dead-letters/revival': {
/** Try events again that failed */
post: { parameters: {  }; requestBody: { content: { 'application/json': components["schemas"]["DeadLetterRevival"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["DeadLettersRevived"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 413: components["responses"]["Problem413"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/erasures/{id}': {
/** Have the personal data of orders erased */
put: { parameters: { path: { id: string } }; requestBody: { content: { 'application/json': components["schemas"]["ErasureBody"] } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Erasure"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 409: components["responses"]["Problem409"]; 413: components["responses"]["Problem413"]; 414: components["responses"]["Problem414"]; 415: components["responses"]["Problem415"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
/** What holders were asked to erase, and why */
get: { parameters: { path: { id: string } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Erasure"] } }; 400: components["responses"]["Problem400"]; 401: components["responses"]["Problem401"]; 403: components["responses"]["Problem403"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/policies': {
/** List the privacy policies */
get: { parameters: {  }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Policies"] } }; 400: components["responses"]["Problem400"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
}
'/policies/{controller}': {
/** Read a privacy policy */
get: { parameters: { path: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg") } }; responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': components["schemas"]["Policy"] } }; 400: components["responses"]["Problem400"]; 404: components["responses"]["Problem404"]; 414: components["responses"]["Problem414"]; 429: components["responses"]["Problem429"]; 431: components["responses"]["Problem431"]; 500: components["responses"]["Problem500"]; 503: components["responses"]["Problem503"] } }
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
Alarm: { id: string; orderId?: string; about?: string; kind: "dead-letter" | "event-failing" | "relay-behind" | "partition-idle" | "jobs-failing" | "mails-unsent" | "webhook-failing"; detail: Record<string, unknown>; raisedAt: string; resolvedAt?: string; resolvedBy?: string; resolution?: string }
AlarmResolution: { done: string }
Backlog: { outbox: { waiting: number; oldestAt?: string }; relay: { leader?: string; numbered: number; published: number; epoch: number }; inbox: { waiting: number; failing: number; dead: number; oldestAt?: string }; partitions: { idle: number; all: number }; jobs: (components["schemas"]["JobQueue"])[] }
Citation: { edition?: string; clause?: string; act?: string; section?: string; agreement?: string; agreedOn?: string; text: string; url?: string }
DeadLetterRevival: { aggregateId?: string }
DeadLettersRevived: { revived: number }
Erasure: { id: string; controller: string; orderIds: (string)[]; keeps: (("accounts"))[]; cause: ("retention-over" | "requested" | "replayed"); askedAt: string; answerBy: string; reasons: (components["schemas"]["Reason"])[] }
ErasureBody: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); orderIds: (string)[]; why: string }
FailedEvent: { eventId: string; producer: string; type: string; aggregateId: string; version: number; attempts: number; dead: boolean; receivedAt: string; nextAttemptAt?: string; error?: string }
JobQueue: { queue: string; waiting: number; later: number; active: number; failing: number; tries: number; oldestAt?: string }
Policies: { items: (components["schemas"]["PolicyItem"])[] }
Policy: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); name: string; country: string; organisationNumber?: string; version?: string; contact: string; authorities: (string)[]; recipients: ({ kind: string; names: (string)[]; basis: string; minimum: (string)[]; cites: (components["schemas"]["Citation"])[] })[]; findings: (components["schemas"]["PolicyFinding"])[] }
PolicyFinding: { code: string; finding: string; cites: (components["schemas"]["Citation"])[] }
PolicyItem: { controller: ("smartgroup" | "smartphoto" | "smarti" | "smartorg"); name: string; country: string; organisationNumber?: string; version?: string; contact: string; authorities: (string)[] }
Problem: { type: string; title: string; status: number; detail: string; reasons?: (components["schemas"]["Reason"])[]; errors?: ({ field: string; message: string })[] }
Reason: { code: string; cites: (components["schemas"]["Citation"])[] }
ReplayAfter: { after: number }
ReplayEvent: { eventId: string }
Webhook: { id: string; url: string; types?: ("ErasureDue")[]; createdAt: string; createdBy: string; secret?: string }
WebhookBody: { url: string; types?: ("ErasureDue")[] }
WebhookDelivery: { cursor: number; eventId: string; type: string; about: string; status: ("waiting" | "delivered" | "failed"); attempts: number; lastAttemptAt?: string; deliveredAt?: string; lastStatus?: number; lastError?: string; dueAt?: string }
}
responses: {
Problem400: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem401: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem403: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem404: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem409: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem413: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem414: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem415: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem429: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem431: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem500: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
Problem503: { headers: Record<string, unknown>; content: { 'application/problem+json': components["schemas"]["Problem"] } }
}
}
