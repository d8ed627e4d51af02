import type { Operation } from "./calls.ts"
import { contestants, type Name } from "./contestants.ts"
import { fakeDispatcher } from "./fakeDispatcher.ts"

/** Makes so many calls of a contestant over the fake dispatcher, 64 in flight. */
export const overFakeDispatcher = async (
  name: Name,
  operation: Operation
): Promise<(calls: number) => Promise<void>> => {
  const contestant = await contestants[name].load()
  const run = await contestant({ url: "http://127.0.0.1", credentials: "basic", dispatcher: fakeDispatcher })
  return (calls) => run(operation, calls, 64)
}
