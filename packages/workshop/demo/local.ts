import * as Credentials from "@sunco/client/Credentials"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Users } from "@sunco/client/Users"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Layout from "./layout.ts"
import { Printer } from "./Printer.ts"
import { playRound } from "./round.ts"
import { Traffic } from "./Traffic.ts"

const play = (name: string, again: boolean) =>
  Effect.gen(function*() {
    const users = yield* Users
    const emulator = yield* Emulator
    return yield* playRound({
      name,
      again,
      run: (step) => step.run({ users, emulator, externalId: (person) => person })
    })
  })

/** Everything on an emulator: all steps with Basic, then again with JWTs. */
export const local = Effect.gen(function*() {
  const { print } = yield* Printer
  const { appId, keyId, keySecret: secret, reset, url } = yield* Emulator
  const clientWith = (credentials: Layer.Layer<Credentials.Credentials>) =>
    Users.layer({ appId, baseUrl: url }).pipe(
      Layer.provide([credentials, UndiciTransport.layer]),
      Layer.merge(Traffic.layerEmulator)
    )

  yield* print(...Layout.introduction(`An emulator of the API listens on ${url}. Nothing leaves this machine.`))
  const basic = yield* Effect.provide(play("Basic", false), clientWith(Credentials.layerBasic({ keyId, secret })))

  yield* reset
  yield* print(...Layout.jwtIntroduction)
  const jwt = yield* Effect.provide(
    play("JWT", true),
    clientWith(Credentials.layerJwt({ keyId, secret, scope: "app" }))
  )
  return [basic, jwt]
}).pipe(Effect.provide(Emulator.layer()))
