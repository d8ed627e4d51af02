import * as Cause from "effect/Cause"

/** Of an error its name alone: messages and causes have payloads in them. @internal */
export const tagOf = (cause: Cause.Cause<unknown>): string => {
  if (Cause.hasInterruptsOnly(cause)) return "it was interrupted"
  const error = Cause.squash(cause)
  if (typeof error !== "object" || error === null) return typeof error
  const tag: unknown = Reflect.get(error, "_tag")
  return typeof tag === "string" ? tag : error instanceof Error ? error.name : "an object"
}

/** Errors of these packages, in whose messages is nothing of a person and no secret. */
const isOpen = /^(Settings|Sunshine)Error$/

/** With its message, where that can be told. @internal */
export const namedError = (cause: Cause.Cause<unknown>): string => {
  const tag = tagOf(cause)
  const error = Cause.squash(cause)
  return isOpen.test(tag) && error instanceof Error ? `${tag}: ${error.message}` : tag
}

/** Where an error comes from: the lines of its stack that name files, without the message before them. @internal */
export const errorNotes = (cause: Cause.Cause<unknown>): { readonly [name: string]: string } => {
  const error = Cause.squash(cause)
  if (!(error instanceof Error) || typeof error.stack !== "string") return {}
  const { message, stack } = error
  // A message may have lines that look like these. Where it is not in the stack, it was another one.
  const start = stack.indexOf(message)
  const frames = start < 0 ? [] : stack.slice(start + message.length).split("\n").filter((line) => frame.test(line))
  return frames.length === 0 ? {} : { stack: frames.slice(0, mostFrames).map((line) => line.trim()).join("\n") }
}

const frame = /^\s+at .*:\d+:\d+\)?$/

const mostFrames = 10
