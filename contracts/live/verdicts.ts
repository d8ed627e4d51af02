/** What a run finds of something that is assumed: it is so, it is otherwise, or nobody can tell. */
import * as Schema from "effect/Schema"

export const Verdict = Schema.Literals(["held", "otherwise", "untold"])

export type Verdict = typeof Verdict.Type
