/** What the vendor does with an answer of a receiver. */
import type { Answer } from "./internal/webhookRequest.ts"

/** "Never sent again" after these; everything else but a success is (OpenAPI 17.12.1, the section on webhooks). */
const finalStatuses: ReadonlySet<number> = new Set([400, 401, 403, 404, 406])

export const isTaken = ({ status }: Answer): boolean => status !== undefined && status >= 200 && status < 300

/** In words. */
export const next = (answer: Answer): string =>
  isTaken(answer)
    ? "the vendor is content"
    : answer.status !== undefined && finalStatuses.has(answer.status)
    ? "lost: the vendor would not send it again"
    : "the vendor would send it again, up to five times in 15 minutes"

/** The answer itself. */
export const said = ({ millis, problem, status }: Answer): string =>
  `${status ?? `no answer (${problem})`} in ${millis} ms`
