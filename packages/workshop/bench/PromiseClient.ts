import { check, type Found, type Operation, type Outcome, payload, type Run } from "./calls.ts"
import { missing } from "./users.ts"

/** A contestant of which the calls are promises. */
export interface PromiseClient {
  readonly get: (id: string) => Promise<Found | undefined>
  readonly create: (body: typeof payload) => Promise<Found | undefined>
  readonly isMissing: (error: unknown) => boolean
}

/** As many loops as calls are to be in flight. */
export const runPromises = (client: PromiseClient): Run => async (operation, calls, inFlight) => {
  const call = callOf(client, operation)
  let left = calls
  await Promise.all(Array.from({ length: inFlight }, async () => {
    while (left-- > 0) check(await call())
  }))
}

const callOf = ({ create, get, isMissing }: PromiseClient, operation: Operation): () => Promise<Outcome> => {
  switch (operation.name) {
    case "get": {
      const { id } = operation
      return () => get(id)
    }
    case "create":
      return () => create(payload)
    case "missing":
      return () => get(missing).then(() => false, isMissing)
  }
}
