import * as Duration from "effect/Duration"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"

// What errors need of `Schema.Duration` and `Schema.Redacted`, which do far more (labels, nanoseconds, generated code) and would
// weigh 1 kB more on every bundle.

/**
 * A duration; in JSON its milliseconds.
 *
 * @internal
 */
export const duration = Schema.declare(Duration.isDuration, {
  expected: "Duration",
  toCodecJson: () =>
    Schema.link<Duration.Duration>()(
      Schema.Number,
      SchemaTransformation.transform({ decode: Duration.millis, encode: Duration.toMillis })
    )
})

/**
 * A value that is not printed; in JSON it is the value itself.
 *
 * @internal
 */
export const redacted = <A>(value: Schema.Codec<A>): Schema.declare<Redacted.Redacted<A>> =>
  // That it is one of `A` is for the types: whoever makes an error has it so.
  Schema.declare((input): input is Redacted.Redacted<A> => Redacted.isRedacted(input), {
    expected: "Redacted",
    toCodecJson: () =>
      Schema.link<Redacted.Redacted<A>>()(
        value,
        SchemaTransformation.transform({ decode: (value: A) => Redacted.make(value), encode: Redacted.value })
      )
  })

const units = Object.entries({ d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 })

/**
 * What `Duration.format` says (`1m 30s`), but for fractions of a millisecond, which it has in nanoseconds.
 *
 * @internal
 */
export const formatDuration = (duration: Duration.Duration): string => {
  let left = Duration.toMillis(duration)
  if (!Number.isFinite(left)) return String(left)
  const said = units.flatMap(([unit, millis]) => {
    const count = millis === 1 ? left : Math.trunc(left / millis)
    left -= count * millis
    return count === 0 ? [] : `${count}${unit}`
  })
  return said.join(" ") || "0"
}
