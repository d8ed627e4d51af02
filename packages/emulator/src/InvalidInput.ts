/**
 * What a test hands to the emulator, and the emulator cannot take.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * An option, a seed or a fault that is not understood. Each of the `problems` names the place and what may stand there.
 *
 * **Details**
 *
 * It is a mistake of the test: a promise of `@sunco/emulator/promise` rejects with it, an effect of the service `Emulator` has it for
 * a defect, and over HTTP the same problems are a 400.
 *
 * **Example** (A key that does not exist)
 *
 * ```ts
 * import { decodeSeed } from "@sunco/emulator/Seed"
 * import * as Effect from "effect/Effect"
 *
 * Effect.runPromise(Effect.flip(decodeSeed({ zendeskUsers: [{ id: "1", mail: "ada@example.com" }] }))).then(({ message }) => {
 *   console.log(message)
 *   // seed: zendeskUsers.0.mail: Expected no key but id, givenName, surname, externalId, email
 * })
 * ```
 *
 * @category errors
 * @since 0.1.0
 */
export class InvalidInput extends Schema.TaggedError<InvalidInput>()("InvalidInput", {
  input: Schema.Literals(["options", "seed", "faults", "link", "resource", "key", "app"]),
  problems: Schema.Array(Schema.String)
}) {
  override get message(): string {
    return `${this.input}: ${this.problems.join("; ")}`
  }
}
