import { assert, it } from "@effect/vitest"
import { exactJson } from "../src/internal/exactJson.ts"

it.each(["1", "-12.50", "1e3", "9007199254740991", "0.1", "{\"a\":[1,\"12345678901234567890\"]}"])(
  "takes %s",
  (text) => {
    assert.deepStrictEqual(exactJson(text), JSON.parse(text))
  }
)

it.each(["12345678901234567890", "{\"a\":[{\"n\":9007199254740993}]}", "1e400"])(
  "takes no %s, which it could not keep",
  (text) => {
    assert.isUndefined(exactJson(text))
  }
)
