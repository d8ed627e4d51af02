/**
 * A handler on `dispatch` and `JSON.parse`: nobody does less who goes through undici.
 */
import { Agent, type Dispatcher } from "undici"
import { connections, type Contestant, type Found } from "../calls.ts"
import { authorization, usersPath } from "../credentials.ts"
import { runPromises } from "../PromiseClient.ts"
import { isMissing, userOf } from "./userOf.ts"

class Handler implements Dispatcher.DispatchHandler {
  private readonly resolve: (found: Found) => void
  private readonly reject: (error: unknown) => void
  private status = 0
  private readonly chunks: Array<Buffer> = []

  constructor(resolve: (found: Found) => void, reject: (error: unknown) => void) {
    this.resolve = resolve
    this.reject = reject
  }

  onRequestStart(): void {}

  onResponseStart(_: Dispatcher.DispatchController, status: number): void {
    this.status = status
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk)
  }

  onResponseEnd(): void {
    const [first, ...more] = this.chunks
    try {
      this.resolve(userOf(this.status, (more.length === 0 ? first! : Buffer.concat(this.chunks)).toString()))
    } catch (error) {
      this.reject(error)
    }
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.reject(error)
  }
}

const dispatch: Contestant = async (target) => {
  const dispatcher = target.dispatcher ?? new Agent({ connections })
  const headers = { authorization: authorization(target), accept: "application/json" }
  const headersWithJson = { ...headers, "content-type": "application/json" }
  return runPromises({
    get: (id) =>
      new Promise((resolve, reject) => {
        dispatcher.dispatch(
          { origin: target.url, path: `${usersPath}/${encodeURIComponent(id)}`, method: "GET", headers },
          new Handler(resolve, reject)
        )
      }),
    create: (user) =>
      new Promise((resolve, reject) => {
        dispatcher.dispatch(
          {
            origin: target.url,
            path: usersPath,
            method: "POST",
            headers: headersWithJson,
            body: JSON.stringify(user)
          },
          new Handler(resolve, reject)
        )
      }),
    isMissing
  })
}

export default dispatch
