import * as SchemaIssue from "effect/SchemaIssue"
import { InvalidInput } from "../SunshineError.ts"

const format = SchemaIssue.makeFormatterStandardSchemaV1()

/**
 * Where and what was expected; Effect's issues do not carry the input unless asked to, so no personal data can leak.
 *
 * @internal
 */
export const invalidInput = (issue: SchemaIssue.Issue): InvalidInput =>
  new InvalidInput({
    issues: format(issue).issues.map(({ message, path = [] }) => ({
      path: path.map((segment) => {
        const key = typeof segment === "object" ? segment.key : segment
        return typeof key === "number" ? key : String(key)
      }),
      expected: message.startsWith("Expected ") ? message.slice("Expected ".length) : message
    }))
  })
