import { assert, beforeAll, describe, it } from "vitest"
import { consume, type Consumer } from "./consume.ts"

describe.each(["npm", "pnpm"] as const)("an application on Effect 3, installed by %s", (packageManager) => {
  let consumer: Consumer
  beforeAll(() => {
    consumer = consume("effect3", packageManager)
  })

  it("is what the compiler takes for well typed, libraries checked too", () => consumer.run("tsc"))

  it("calls every operation", async () => {
    assert.strictEqual(
      await consumer.run("node", "operations.ts"),
      `create ada
update { plan: 'pro' }
get Ada Lovelace
deletePersonalInformation {}
sync Grace
listByEmail grace
upsert false { plan: 'free' }
delete, getOrCreate true
`
    )
  })

  it("meets every error as one of Effect 3", async () => {
    assert.strictEqual(
      (await consumer.run("node", "failures.ts")).replace(/127\.0\.0\.1:\d+/, "127.0.0.1:PORT"),
      `UserAlreadyExists: Users.create: another user has the externalId
UserNotFound: Users.get: the user does not exist
InvalidInput: Users.get: id: expected a path segment other than "." and ".."; 0 attempts
BadRequest: Users.get: the request was refused (400 bad_request); 1 attempt, stopped: not-retryable
Unauthorized: Users.get: the credentials were refused (401 unauthorized); 1 attempt, stopped: not-retryable
Forbidden: Users.get: the credentials do not reach this operation (403 forbidden); 1 attempt, stopped: not-retryable
AppNotFound: Users.get: the app does not exist (404 app_not_found); 1 attempt, stopped: not-retryable
PayloadTooLarge: Users.get: the body is too large (413 payload_too_large); 1 attempt, stopped: not-retryable
RateLimited: Users.get: too many requests (429 too_many_requests), retry after 1m 30s; 1 attempt, stopped: attempts
ServerError: Users.get: the vendor failed (503 service_unavailable); 1 attempt, stopped: attempts
UnexpectedResponse: Users.get: an answer that is not documented (418 bad_request); 1 attempt, stopped: not-retryable
Transport: Users.get: no answer from 127.0.0.1:PORT (ECONNRESET); 1 attempt, stopped: attempts
Timeout: Users.get: no answer within 200ms (attempt); 1 attempt, stopped: attempts
CredentialsUnavailable: Users.get: the credentials could not be had; 0 attempts
CircuitOpen: Users.get: the circuit breaker is open; 0 attempts, stopped: circuit
SettingsError: appId must be set
`
    )
  })

  it("closes the connection when its time is up", async () => {
    assert.strictEqual(await consumer.run("node", "timeout.ts"), "TimeoutException\nclosed\n")
  })

  it("tests itself with its own transport and the TestClock", async () => {
    assert.match(await consumer.run("vitest", "run"), /Tests +2 passed \(2\)/)
  })
})
