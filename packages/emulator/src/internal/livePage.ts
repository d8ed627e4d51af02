import { createHash } from "node:crypto"
import { type Answer } from "./delivery.ts"
import { page } from "./page.ts"

/**
 * The page that shows what is in the emulator and what happens to it. It is the same for everybody: whatever it shows comes
 * by the stream of `/_emulator/live`, and is put in place as text.
 *
 * @internal
 */
export const livePage = (): Answer => page(html, { script: hashOf(script), style: hashOf(style) })

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`

const style = `
:root { color-scheme: light dark; --line: light-dark(#e3e5e8, #33373d); --soft: light-dark(#f6f7f8, #1d2024); --dim: light-dark(#5c6570, #9aa4b0) }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: light-dark(#fff, #15171a) }
header { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; align-items: baseline; padding: 1rem 2rem; border-bottom: 1px solid var(--line); background: var(--soft) }
h1 { font-size: 1.2rem; margin: 0 }
h2 { font-size: 1rem; margin: 1.5rem 0 .3rem }
h2 small, .head, #state { color: var(--dim); font-weight: 500 }
main { padding: 0 2rem 2rem }
.row { display: flex; gap: .8rem; padding: .3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
.row > * { flex: 1; min-width: 0 }
.row > :first-child:not(:last-child) { flex: 2 }
.rows, pre { font: 13px/1.5 ui-monospace, monospace }
pre { margin: .4rem 0; padding: .6rem .8rem; border-radius: 6px; background: var(--soft); white-space: pre-wrap; overflow-wrap: anywhere }
summary { cursor: pointer }
summary:hover { background: var(--soft) }
`

const script = `
const main = document.querySelector("main")
const state = document.querySelector("#state")
const lists = new Map()

const element = (name, text, ...children) => {
  const made = document.createElement(name)
  made.textContent = text
  made.append(...children)
  return made
}

const line = (name, className, cells) => {
  const made = element(name, "", ...cells.map((cell) => element("span", cell)))
  made.className = className
  return made
}

const listFor = ({ columns, name }) => {
  if (!lists.has(name)) {
    const count = element("small", "")
    const rows = element("div", "")
    rows.className = "rows"
    const section = element("section", "", element("h2", name + " ", count), line("div", "row head", columns), rows)
    section.dataset.list = name
    main.append(section)
    lists.set(name, { count, rows, byKey: new Map() })
  }
  return lists.get(name)
}

const rowOf = ({ cells, details }) =>
  details === "" ? line("div", "row", cells) : element("details", "", line("summary", "row", cells), element("pre", details))

const update = (list) => {
  const { byKey, count, rows } = listFor(list)
  for (const row of list.changed) {
    const made = rowOf(row)
    const before = byKey.get(row.key)
    if (before?.open) made.open = true
    before?.replaceWith(made)
    byKey.set(row.key, made)
  }
  const shown = new Set(list.shown)
  for (const [key, row] of byKey) {
    if (!shown.has(key)) {
      row.remove()
      byKey.delete(key)
    }
  }
  list.shown.forEach((key, i) => {
    if (rows.children[i] !== byKey.get(key)) rows.insertBefore(byKey.get(key), rows.children[i] ?? null)
  })
  count.textContent = list.total > list.shown.length ? list.shown.length + " of " + list.total : String(list.total)
}

const source = new EventSource("/_emulator/live")
source.addEventListener("open", () => {
  // It begins anew, so do the keys of its rows.
  lists.clear()
  main.replaceChildren()
  state.textContent = "live"
})
source.addEventListener("message", ({ data }) => JSON.parse(data).forEach(update))
source.addEventListener("error", () => {
  state.textContent = source.readyState === EventSource.CLOSED ? "refused: reload this page to try again" : "not connected, trying again"
})
`

const html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sunshine Conversations emulator</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header>
<h1>Sunshine Conversations emulator</h1>
<span id="state" role="status">connecting</span>
<nav>
Send: <a href="/docs">the API</a>, <a href="/_emulator/docs">the emulator's own endpoints</a>.
OpenAPI: <a href="/openapi.json">/openapi.json</a>, <a href="/_emulator/openapi.json">/_emulator/openapi.json</a>
</nav>
</header>
<main></main>
<script>${script}</script>
</body>
</html>
`
