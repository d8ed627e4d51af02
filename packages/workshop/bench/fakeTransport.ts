import type { Operation } from "./calls.ts"
import { contestants, type Name } from "./contestants.ts"
import { fakeDispatcher } from "./fakeDispatcher.ts"
import { fakeFetch } from "./fakeFetch.ts"

/** Makes so many calls of a contestant over the fake dispatcher or the fake fetch, 64 in flight. */
export const overFakeDispatcher = async (
  name: Name,
  operation: Operation
): Promise<(calls: number) => Promise<void>> => {
  const contestant = await contestants[name].load()
  const run = await contestant({
    url: "http://127.0.0.1",
    credentials: "basic",
    dispatcher: fakeDispatcher,
    fetch: fakeFetch
  })
  return (calls) => run(operation, calls, 64)
}
