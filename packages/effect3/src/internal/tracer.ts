import * as Context4 from "effect-4/Context"
import type * as Exit4 from "effect-4/Exit"
import * as Option4 from "effect-4/Option"
import * as Tracer4 from "effect-4/Tracer"
import * as Chunk from "effect/Chunk"
import * as Context from "effect/Context"
import * as DefaultServices from "effect/DefaultServices"
import type * as Fiber from "effect/Fiber"
import * as FiberRef from "effect/FiberRef"
import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"
import * as Tracer from "effect/Tracer"
import { exitToEffect3, exitToEffect4 } from "./cause.ts"

/**
 * A tracer for the client that starts every span with the application's, with the links and annotations that the caller's
 * fiber gives to all of its spans.
 *
 * @internal
 */
export const tracerOf = (caller: Fiber.RuntimeFiber<unknown, unknown>): Tracer4.Tracer => {
  const tracer = Context.get(caller.getFiberRef(DefaultServices.currentServices), Tracer.Tracer)
  const links = Chunk.toReadonlyArray(caller.getFiberRef(FiberRef.currentTracerSpanLinks))
  const annotations = caller.getFiberRef(FiberRef.currentTracerSpanAnnotations)
  return Tracer4.make({
    span: ({ kind, name, parent, startTime }) => {
      const parentSpan = Option4.isSome(parent) ? effect3Span(parent.value) : undefined
      const span = tracer.span(name, Option.fromNullable(parentSpan), Context.empty(), links, startTime, kind)
      HashMap.forEach(annotations, (value, name) => span.attribute(name, value))
      return new Span(span)
    }
  })
}

/**
 * The application's current span, for the client.
 *
 * @internal
 */
export const parentSpanOf = (context: Context.Context<never>): Tracer4.AnySpan | undefined => {
  const span = Context.getOption(context, Tracer.ParentSpan)
  return Option.isSome(span) ? effect4Span(span.value) : undefined
}

/**
 * The span of the application behind one of the client.
 *
 * @internal
 */
export const effect3Span = (span: Tracer4.AnySpan): Tracer.AnySpan | undefined =>
  span instanceof Span || span instanceof ExternalSpan ? span.span : undefined

const effect4Span = (span: Tracer.AnySpan): Tracer4.AnySpan =>
  span._tag === "Span" ? new Span(span) : new ExternalSpan(span)

const annotationsOf = (span: Tracer.AnySpan): Context4.Context<never> =>
  Context.get(span.context, Tracer.DisablePropagation)
    ? Context4.make(Tracer4.DisablePropagation, true)
    : Context4.empty()

class ExternalSpan implements Tracer4.ExternalSpan {
  readonly _tag = "ExternalSpan"
  readonly span: Tracer.ExternalSpan
  constructor(span: Tracer.ExternalSpan) {
    this.span = span
  }
  get spanId() {
    return this.span.spanId
  }
  get traceId() {
    return this.span.traceId
  }
  get sampled() {
    return this.span.sampled
  }
  get annotations() {
    return annotationsOf(this.span)
  }
}

/** What it ends with is mapped, so that the application's exporter meets nothing but Effect 3. */
class Span implements Tracer4.Span {
  readonly _tag = "Span"
  readonly span: Tracer.Span
  constructor(span: Tracer.Span) {
    this.span = span
  }
  get name() {
    return this.span.name
  }
  get spanId() {
    return this.span.spanId
  }
  get traceId() {
    return this.span.traceId
  }
  get parent() {
    return Option.isSome(this.span.parent) ? Option4.some(effect4Span(this.span.parent.value)) : Option4.none()
  }
  get annotations() {
    return annotationsOf(this.span)
  }
  get status(): Tracer4.SpanStatus {
    const { status } = this.span
    return status._tag === "Started" ? status : { ...status, exit: exitToEffect4(status.exit) }
  }
  get attributes() {
    return this.span.attributes
  }
  get links() {
    return this.span.links.map(({ attributes, span }) => ({ span: effect4Span(span), attributes }))
  }
  get sampled() {
    return this.span.sampled
  }
  get kind() {
    return this.span.kind
  }
  end(endTime: bigint, exit: Exit4.Exit<unknown, unknown>) {
    this.span.end(endTime, exitToEffect3(exit))
  }
  attribute(key: string, value: unknown) {
    this.span.attribute(key, value)
  }
  event(name: string, startTime: bigint, attributes?: Record<string, unknown>) {
    this.span.event(name, startTime, attributes)
  }
  addLinks(links: ReadonlyArray<Tracer4.SpanLink>) {
    this.span.addLinks(links.flatMap(({ attributes, span }) => {
      const linked = effect3Span(span)
      return linked === undefined ? [] : [{ _tag: "SpanLink", span: linked, attributes }]
    }))
  }
}
