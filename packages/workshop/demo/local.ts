import * as Credentials from "@sunco/client/Credentials"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { AllResources, Attachments, Conversations, Messages, Users } from "@sunco/client"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Layout from "./layout.ts"
import { Printer } from "./Printer.ts"
import { playRound } from "./round.ts"
import { Traffic } from "./Traffic.ts"

const play = (name: string, again: boolean) =>
  Effect.gen(function*() {
    const stage = {
      users: yield* Users,
      conversations: yield* Conversations,
      messages: yield* Messages,
      attachments: yield* Attachments,
      emulator: yield* Emulator,
      externalId: (person: string) => person,
      notes: new Map<string, string>()
    }
    return yield* playRound({
      name,
      again,
      run: (step) => step.run(stage)
    })
  })

/** Everything on an emulator: all steps with Basic, then again with JWTs. */
export const local = Effect.gen(function*() {
  const { print } = yield* Printer
  const { appId, keyId, keySecret: secret, reset, url } = yield* Emulator
  const clientWith = (credentials: Layer.Layer<Credentials.Credentials>) =>
    AllResources.layer({ appId, baseUrl: url }).pipe(
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
