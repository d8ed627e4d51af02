import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Fault, type FaultMatch, type FaultRule, header } from "../Fault.ts"
import { parseJson } from "./boundedJson.ts"
import { strictly } from "./checked.ts"
import { headerOf, type IncomingRequest } from "./incomingRequest.ts"
import { problemsOf } from "./problems.ts"
import { badRequest, badRequests, type Refusal } from "./refusal.ts"

/** As many can wait. */
const maximumRules = 10_000

/**
 * Which fault a request gets: the one that it asks for itself, or that of the first rule which is for it.
 *
 * @internal
 */
export class FaultRules {
  private rules: ReadonlyArray<FaultRule> = []

  /** All of them, or none where that were too many. */
  add(rules: ReadonlyArray<FaultRule>): Refusal | undefined {
    if (this.rules.length + rules.length > maximumRules) {
      return badRequest(`faults: Expected at most ${maximumRules} to wait, ${this.rules.length} do already`)
    }
    this.rules = [...this.rules, ...rules]
    return undefined
  }

  /** The rules that are still waiting for requests. */
  get left(): ReadonlyArray<FaultRule> {
    return this.rules
  }

  clear(): void {
    this.rules = []
  }

  take(request: IncomingRequest, operation: string | undefined): Fault | Refusal | undefined {
    const asked = headerOf(request, header)
    if (asked !== undefined) return parse(asked)
    if (this.rules.length === 0) return undefined
    const at = this.rules.findIndex(({ when }) => when === undefined || isFor(when, request, operation))
    const rule = this.rules[at]
    if (rule?.times !== undefined) {
      this.rules = rule.times === 1
        ? this.rules.toSpliced(at, 1)
        : this.rules.with(at, { ...rule, times: rule.times - 1 })
    }
    return rule?.fault
  }
}

const isFor = (when: FaultMatch, request: IncomingRequest, operation: string | undefined): boolean =>
  (when.operation === undefined || when.operation === operation) &&
  (when.method === undefined || when.method === request.method) &&
  (when.path === undefined || when.path === request.url.split("?", 1)[0]) &&
  Object.entries(when.headers ?? {}).every(([name, value]) => headerOf(request, name.toLowerCase()) === value)

const decode = Schema.decodeUnknownResult(Schema.toCodecJson(Fault), strictly)

/** An order that cannot be understood is refused: a test that ran without its fault would prove nothing. */
const parse = (text: string): Fault | Refusal => {
  const asked: Result.Result<unknown, string> = text.startsWith("{")
    ? parseJson(new TextEncoder().encode(text))
    : Result.succeed({ _tag: text })
  if (Result.isFailure(asked)) return badRequest(`${header}: ${asked.failure}`)
  const fault = decode(asked.success)
  return Result.isSuccess(fault)
    ? fault.success
    : badRequests(problemsOf(fault.failure.issue).map((problem) => `${header}: ${problem}`))
}
