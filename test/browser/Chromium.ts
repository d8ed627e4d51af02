/**
 * A headless Chromium with a profile of its own, for which every host but 127.0.0.1 is not there; gone with its scope.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as DevTools from "./DevTools.ts"

const names = ["chromium", "chromium-browser", "google-chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"]

/** As it is called where it is installed. */
export const findChromium = (): string | undefined =>
  names.find((name) => spawnSync(name, ["--version"]).error === undefined)

const flags = [
  "--headless=new",
  "--remote-debugging-port=0",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--disable-sync",
  "--window-size=1280,1000",
  // Its sandbox does not start for root, which is who everybody is in a container.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])
]

/** A tab, and what became of it. */
export interface Tab {
  /** Opens an address, and waits until all of the page is there. */
  readonly open: (url: string) => Effect.Effect<void>
  /** The value of a JavaScript expression. */
  readonly evaluate: (expression: string) => Effect.Effect<unknown>
  /** Waits until an expression is true. */
  readonly until: (expression: string) => Effect.Effect<void>
  /** Waits for the element, then presses the mouse in the middle of it. */
  readonly click: (selector: string) => Effect.Effect<void>
  /** Puts text into the field, as the keyboard does, in place of what is there. */
  readonly type: (selector: string, text: string) => Effect.Effect<void>
  /** Every URL that was asked for. */
  readonly asked: () => ReadonlyArray<string>
  /** What was thrown, and what the browser complained of, such as what a policy forbids. */
  readonly complaints: () => ReadonlyArray<string>
}

export class Chromium extends Context.Service<Chromium, {
  readonly tab: Effect.Effect<Tab>
}>()("test/browser/Chromium") {
  static readonly layer = Layer.effect(
    Chromium,
    Effect.gen(function*() {
      const profile = yield* Effect.acquireRelease(
        Effect.sync(() => mkdtempSync(join(tmpdir(), "chromium-"))),
        // Its children write into it for a moment after it has ended.
        (profile) => Effect.sync(() => rmSync(profile, { recursive: true, force: true, maxRetries: 10 }))
      )
      const browser = yield* Effect.acquireRelease(
        Effect.sync(() =>
          spawn(findChromium()!, [...flags, `--user-data-dir=${profile}`, "about:blank"], {
            stdio: ["ignore", "ignore", "pipe"]
          })
        ),
        death
      )
      // Also when this process ends without closing its scopes.
      const lastResort = () => void browser.kill("SIGKILL")
      process.once("exit", lastResort)
      yield* Effect.addFinalizer(() => Effect.sync(() => process.off("exit", lastResort)))
      const devTools = yield* DevTools.connect(yield* address(browser))
      return Chromium.of({ tab: tabOf(devTools) })
    })
  )
}

const address = (browser: ChildProcess): Effect.Effect<string> =>
  Effect.callback((resume) => {
    let output = ""
    browser.stderr!.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-65_536)
      const [, url] = /DevTools listening on (ws:\S+)/u.exec(output) ?? []
      if (url !== undefined) resume(Effect.succeed(url))
    })
    browser.once("error", (error) => resume(Effect.die(error)))
    browser.once("exit", () => resume(Effect.die(new Error(`Chromium ended:\n${output}`))))
  })

const death = (browser: ChildProcess): Effect.Effect<void> =>
  Effect.callback((resume) => {
    if (browser.exitCode !== null) return resume(Effect.void)
    browser.once("exit", () => resume(Effect.void))
    browser.kill("SIGKILL")
  })

interface Evaluated {
  readonly result: { readonly value?: unknown }
  readonly exceptionDetails?: DevTools.ExceptionDetails
}

const tabOf = ({ onEvent, send }: DevTools.DevTools): Effect.Effect<Tab> =>
  Effect.gen(function*() {
    const { targetId } = yield* send<{ readonly targetId: string }>("Target.createTarget", { url: "about:blank" })
    const { sessionId } = yield* send<{ readonly sessionId: string }>("Target.attachToTarget", {
      targetId,
      flatten: true
    })
    const command = <A = unknown>(method: string, params?: DevTools.Params) => send<A>(method, params, sessionId)

    const asked: Array<string> = []
    const complaints: Array<string> = []
    const listeners: { readonly [M in keyof DevTools.Events]: (params: DevTools.Events[M]) => void } = {
      "Network.requestWillBeSent": ({ request }) => asked.push(request.url),
      "Network.webSocketCreated": ({ url }) => asked.push(url),
      "Runtime.exceptionThrown": ({ exceptionDetails: { exception, text } }) =>
        complaints.push(`${text} ${exception?.description}`),
      // The statuses of answers are no complaint of the browser's.
      "Log.entryAdded": ({ entry: { level, source, text } }) => {
        if (level === "error" && source !== "network") complaints.push(text)
      },
      "Page.javascriptDialogOpening": ({ message }) => complaints.push(`dialog: ${message}`)
    }
    onEvent(({ method, params, ...event }) => {
      // Which parameters a method has, the compiler does not follow; there are other methods, too.
      const listener = listeners[method] as ((params: unknown) => void) | undefined
      if (event.sessionId === sessionId) listener?.(params)
    })
    for (const domain of ["Network", "Page", "Runtime", "Log"]) yield* command(`${domain}.enable`)

    const evaluate: Tab["evaluate"] = (expression) =>
      Effect.map(
        command<Evaluated>("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true }),
        ({ exceptionDetails, result }) => {
          if (exceptionDetails !== undefined) {
            throw new Error(`${expression}: ${exceptionDetails.exception?.description}`)
          }
          return result.value
        }
      )
    const until: Tab["until"] = (expression) =>
      Effect.delay(evaluate(expression), "20 millis").pipe(
        Effect.repeat({ until: (value) => value === true }),
        Effect.timeout("15 seconds"),
        Effect.catchTag(
          "TimeoutError",
          () =>
            Effect.flatMap(
              evaluate("document.body.innerText"),
              (text) => Effect.die(new Error(`never true: ${expression}; the page says:\n${text}`))
            )
        ),
        Effect.asVoid
      )
    const element = (selector: string) => `document.querySelector(${JSON.stringify(selector)})`

    const click: Tab["click"] = Effect.fnUntraced(function*(selector) {
      yield* until(`${element(selector)} !== null && !${element(selector)}.disabled`)
      const place = yield* evaluate(`(() => {
        ${element(selector)}.scrollIntoView({ block: "center", behavior: "instant" })
        const { height, left, top, width } = ${element(selector)}.getBoundingClientRect()
        return { x: left + width / 2, y: top + height / 2 }
      })()`)
      for (const type of ["mousePressed", "mouseReleased"]) {
        yield* command("Input.dispatchMouseEvent", { type, ...place as object, button: "left", clickCount: 1 })
      }
    })

    return {
      open: Effect.fnUntraced(function*(url) {
        yield* command("Page.navigate", { url })
        yield* until(`location.href === ${JSON.stringify(url)} && document.readyState === "complete"`)
      }),
      evaluate,
      until,
      click,
      type: Effect.fnUntraced(function*(selector, text) {
        yield* until(`${element(selector)} !== null`)
        yield* evaluate(`(${element(selector)}.focus(), ${element(selector)}.select())`)
        yield* command("Input.insertText", { text })
      }),
      asked: () => asked,
      complaints: () => complaints
    }
  })
