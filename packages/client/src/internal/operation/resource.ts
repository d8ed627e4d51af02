import type { Operation, Operations } from "@sunco/schemas/Operation"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { CallOptions } from "../../CallOptions.ts"
import type { ConditionalRetrySafety, RetrySafety } from "../../RetrySafety.ts"
import { type InvalidInput, SunshineError } from "../../SunshineError.ts"
import { call } from "../call/call.ts"
import type { Core } from "../call/core.ts"
import { type Method, method } from "../call/method.ts"
import { compile, type FormEncoder, type Input } from "./operation.ts"
import { brandCallChecks, callChecks } from "../settings/optionChecks.ts"
import { type CallFacts, type Ended, type OperationPlan, operationPlan, type Plan, unknown } from "../call/plan.ts"
import { vendorCodes } from "./vendorErrors.ts"
import type { Answer, WireRequest } from "../transport/wire.ts"

/** The tags of the outcomes that an operation's row declares. */
type Tags<O extends Operation> = O extends { readonly failures: infer Failures } ? keyof Failures & string : never

type Outcome<Tag extends string> = new(facts: CallFacts) => { readonly _tag: Tag }

type Outcomes<Ops extends Operations> = {
  readonly [Tag in { [Name in keyof Ops]: Tags<Ops[Name]> }[keyof Ops]]: Outcome<Tag>
}

/** A row of a method that is written by hand: what is looked up, or sent with one token, and who asks, it alone knows. */
type ByHand =
  | { readonly repeat: "look up" | "look up first" | "list first" | "unauthorized is done" }
  | { readonly by: "an integration" }

/** A row that says all. */
type ByItself = Exclude<RetrySafety, ByHand>

type ByThemselves<Rows> = {
  [Name in keyof Rows]: Rows[Name] extends
    ByItself | ConditionalRetrySafety & { readonly met: ByItself; readonly otherwise: ByItself } ? Name : never
}[keyof Rows]

/** A client, with an app or without. @internal */
export interface Server<App extends string | undefined = undefined> {
  readonly appId: App
  readonly "~core": Core
}

type Success<O extends Operation> = O["success"]["schema"]["Type"]

/**
 * What the methods of a resource are made of: its declared operations, their rows of the retry-safety table and the classes of
 * their outcomes, over one client. `form` is for a resource that sends forms, and for nobody else's bundle.
 *
 * @internal
 */
export const resource = <
  Ops extends Operations,
  Rows extends { readonly [Name in keyof Ops]: RetrySafety | ConditionalRetrySafety },
  Classes extends Outcomes<Ops>,
  App extends string | undefined
>(
  { appId, "~core": core }: Server<App>,
  name: string,
  operations: Ops,
  rows: Rows,
  classes: Classes,
  form?: FormEncoder
) => {
  type Failure<Name extends keyof Ops> = InstanceType<Classes[Tags<Ops[Name]> & keyof Classes]>

  /** One operation: how its requests are encoded, and the plan of each. */
  const operation = <Name extends keyof Ops & string, A>(
    operationName: Name,
    select: (success: Success<Ops[Name]>) => A
  ) => {
    const declared: Ops[Name] = operations[operationName]
    const compiled = compile(declared, appId, core, form)
    // The row names no outcome but those of the operation, whose classes these are.
    const outcome = failureOf(declared, classes) as OperationPlan<A, Failure<Name>>["settle"]
    const planWith = (row: RetrySafety): (request: WireRequest) => OperationPlan<A, Failure<Name>> =>
      operationPlan<Ops[Name], A, Failure<Name>>(compiled, repeatable(row), select, settledBy(row, outcome))
    const row: Rows[Name] = rows[operationName]
    const planOf = byCondition<RetrySafety, ReturnType<typeof planWith>>(row, planWith)
    return { encode: compiled.encode, planWith, planOf, row }
  }

  /** Encodes, and either fails with nothing sent or calls. */
  const run = <A, E>(
    method: Method,
    encoded: Result.Result<WireRequest, InvalidInput>,
    plan: (request: WireRequest) => Plan<A, E>,
    options: CallOptions | undefined
  ): Effect.Effect<A, E | SunshineError> =>
    Result.isSuccess(encoded) ? call(core, method, plan(encoded.success), options) : refuse(method, encoded.failure)

  /**
   * The method of an operation: what of its arguments goes where, and what of the answer it gives. The options are the last
   * argument.
   */
  const methodOf = <Name extends ByThemselves<Rows> & keyof Ops & string, Args extends ReadonlyArray<unknown>, A>(
    operationName: Name,
    input: (...args: Args) => Input<Ops[Name], App>,
    select: (success: Success<Ops[Name]>) => A
  ): (...args: Args) => Effect.Effect<A, Failure<Name> | SunshineError> => {
    const { encode, planOf } = operation(operationName, select)
    const spanName = `${name}.${operationName}`
    const check = takesBrand(operations[operationName]!) ? brandCallChecks : callChecks
    const optionsAt = input.length - 1
    const called = (...args: Args) => {
      const options = args[optionsAt] as CallOptions | undefined
      return method(spanName, check, options, (method) => {
        const given = input(...args)
        return run(method, encode(given), planOf(given), options)
      })
    }
    // Every face finds the options behind the arguments.
    return Object.defineProperty(called, "length", { value: input.length })
  }

  return {
    core,
    operation,
    run,
    call: methodOf,
    /** Names what a method that is written by hand does. */
    method: <A, E>(
      methodName: string,
      options: CallOptions | undefined,
      run: (method: Method) => Effect.Effect<A, E>,
      check = callChecks
    ) => method(`${name}.${methodName}`, check, options, run)
  }
}

const repeatable = (row: RetrySafety): Plan<unknown, unknown>["repeatable"] =>
  typeof row === "object" && row.repeat === "for a while" ? { withinMillis: row.millis } : row !== "stop"

/** What a row says of a call, found once where it depends on nothing. */
const byCondition = <Row, Plan>(
  row: Row | ConditionalRetrySafety,
  planWith: (row: Row) => Plan
): (input: object) => Plan => {
  if (typeof row !== "object" || row === null || !("when" in row)) {
    const plan = planWith(row as Row)
    return () => plan
  }
  const { met, otherwise, when } = row as ConditionalRetrySafety
  const plans = { met: planWith(met as Row), otherwise: planWith(otherwise as Row) }
  return (input) => {
    const { payload, query }: { readonly payload?: object; readonly query?: object } = input
    const sent: { readonly [field: string]: unknown } = { ...query, ...payload }
    const isMet = Object.entries(when).every(([name, value]) =>
      value === true ? sent[name] !== undefined : sent[name] === value
    )
    return isMet ? plans.met : plans.otherwise
  }
}

/** Whether a call says of which brand the user is that it addresses. */
const takesBrand = ({ query }: Operation): boolean =>
  query?.ast._tag === "Objects" && query.ast.propertySignatures.some(({ name }) => name === "brandId")

/** What an answer that is not the success means, with regard to the attempts before it. */
const settledBy = <A, E>(row: RetrySafety, outcome: OperationPlan<A, E>["settle"]): OperationPlan<A, E>["settle"] =>
  typeof row === "string" || row.repeat !== "missing is done"
    ? outcome
    : (answer, ambiguous) => {
      const settled = outcome(answer, ambiguous)
      return ambiguous && settled._tag === "Failure" && settled.tag === row.missing ? done : settled
    }

/** The declared outcome that an answer is, if it is one. */
const failureOf = (
  { failures = {} }: Operation,
  classes: { readonly [tag: string]: Outcome<string> | undefined }
) => {
  const rows = Object.entries(failures)
  return (answer: Answer): Ended<never, unknown> => {
    const candidates = rows.filter(([, { status }]) => status === answer.status)
    if (candidates.length === 0) return unknown
    const codes = vendorCodes(answer.body)
    if (codes.length === 0) return unknown
    for (const [tag, { codes: meant }] of candidates) {
      const Outcome = classes[tag]
      if (
        Outcome !== undefined &&
        (meant === undefined || codes.some((code) => code !== undefined && meant.includes(code)))
      ) {
        return { _tag: "Failure", tag, make: (facts) => new Outcome(facts) }
      }
    }
    return unknown
  }
}

/** @internal */
export const refuse = ({ operation, sent }: Method, reason: InvalidInput): Effect.Effect<never, SunshineError> =>
  Effect.fail(new SunshineError({ operation, reason, attempts: sent, applied: "no" }))

/** Of operations whose success says nothing. @internal */
export const nothing = (): void => {}

/** `any`: of an operation whose success says nothing. */
const done: Ended<any, never> = { _tag: "Value", value: undefined, putAside: [] }
