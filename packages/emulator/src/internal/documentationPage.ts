import type * as OpenApi from "effect/http-api/OpenApi"
import * as Redacted from "effect/Redacted"
import { type App } from "./world.ts"

/**
 * One page of HTML with everything in it, so that it asks nothing of the network.
 *
 * @internal
 */
export const documentationPage = ({ app, documents, url }: {
  readonly url: string
  readonly app: App
  readonly documents: ReadonlyArray<OpenApi.OpenAPISpec>
}): string => {
  const credentials = `${app.keyId}:${Redacted.value(app.keySecret)}`
  const example = (operation: Operation) => curl(url, app.id, credentials, operation)
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sunshine Conversations emulator</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body>
<nav>
<input type="search" placeholder="Filter operations" aria-label="Filter operations" autofocus>
${
    documents.map((document) =>
      html`<h2>${document.info.title}</h2><ul>${operationsOf(document).map(navigationItem)}</ul>`
    )
  }
</nav>
<main>
<header>
<h1>Sunshine Conversations emulator</h1>
<dl>
<dt>URL</dt><dd><code>${url}</code></dd>
<dt>App</dt><dd><code>${app.id}</code></dd>
<dt>Key</dt><dd><code>${app.keyId}</code></dd>
<dt>Secret</dt><dd><code>${Redacted.value(app.keySecret)}</code></dd>
<dt>OpenAPI</dt><dd><a href="/openapi.json">/openapi.json</a>, <a href="/_emulator/openapi.json">/_emulator/openapi.json</a></dd>
</dl>
</header>
${
    documents.map((document) =>
      operationsOf(document).map((operation) => operationSection(document, operation, example))
    )
  }
</main>
<script>${trusted(script)}</script>
</body>
</html>
`.text
}

interface Operation extends OpenApi.OpenAPISpecOperation {
  readonly method: string
  readonly path: string
}

type JsonSchema = Readonly<Record<string, any>>

const operationsOf = (document: OpenApi.OpenAPISpec): Array<Operation> =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      ...operation as OpenApi.OpenAPISpecOperation,
      method: method.toUpperCase(),
      path
    }))
  )

const navigationItem = ({ method, operationId, path }: Operation) =>
  html`<li data-text="${`${method} ${path} ${operationId}`.toLowerCase()}"><a href="#${operationId}">${
    badge(method)
  } ${operationId}</a></li>`

const badge = (method: string) => html`<b class="${method.toLowerCase()}">${method}</b>`

const operationSection = (
  document: OpenApi.OpenAPISpec,
  operation: Operation,
  example: (operation: Operation) => string
) => {
  const body = operation.requestBody?.content["application/json"]?.schema
  return html`<section id="${operation.operationId}">
<h3>${badge(operation.method)} <code>${operation.path}</code></h3>
<p>${operation.summary ?? operation.operationId}</p>
<pre><button type="button">copy</button><code>${example(operation)}</code></pre>
${
    operation.parameters.length === 0 ? "" : table(
      ["parameter", "in", "type"],
      operation.parameters.map(({ in: place, name, required, schema }) => [
        html`<code>${name}</code>${required ? "" : html` <i>optional</i>`}`,
        place,
        typeOf(document, schema)
      ])
    )
  }
${
    body === undefined
      ? ""
      : html`<details open><summary>Body ${typeOf(document, body)}</summary>${fields(document, body)}</details>`
  }
${
    Object.entries(operation.responses).map(([status, response]) => {
      const schema = response.content?.["application/json"]?.schema
      const title = html`<b class="status s${status.charAt(0)}">${status}</b> ${response.description}`
      return schema === undefined
        ? html`<p>${title}</p>`
        : html`<details><summary>${title}</summary>${fields(document, schema)}</details>`
    })
  }
</section>`
}

/** The fields of an object, and under each what its own type has. */
const fields = (document: OpenApi.OpenAPISpec, schema: JsonSchema): Html => {
  const resolved = resolve(document, schema)
  const properties = Object.entries<JsonSchema>(resolved["properties"] ?? {})
  if (properties.length === 0) return html``
  const required: ReadonlyArray<string> = resolved["required"] ?? []
  return table(
    ["field", "type"],
    properties.map(([name, property]) => [
      html`<code>${name}</code>${required.includes(name) ? html` <i>required</i>` : ""}`,
      html`${typeOf(document, property)}${inner(document, property)}`
    ])
  )
}

const inner = (document: OpenApi.OpenAPISpec, schema: JsonSchema): ReadonlyArray<Html> => {
  const objects = objectsIn(document, schema)
  return objects.map((object) =>
    objects.length === 1
      ? fields(document, object)
      : html`<details><summary>${nameOf(object)}</summary>${fields(document, object)}</details>`
  )
}

/** The objects that a type is made of: itself, its items, its alternatives. */
const objectsIn = (document: OpenApi.OpenAPISpec, schema: JsonSchema): ReadonlyArray<JsonSchema> => {
  const resolved = resolve(document, schema)
  if (resolved["properties"] !== undefined) return [schema]
  if (resolved["items"] !== undefined) return objectsIn(document, resolved["items"])
  const alternatives: ReadonlyArray<JsonSchema> = resolved["anyOf"] ?? []
  return alternatives.flatMap((alternative) => objectsIn(document, alternative))
}

const typeOf = (document: OpenApi.OpenAPISpec, schema: JsonSchema): Html => {
  const name = nameOf(schema)
  const resolved = resolve(document, schema)
  if (resolved["anyOf"] !== undefined) {
    return html`${
      (resolved["anyOf"] as Array<JsonSchema>).map((alternative, i) =>
        html`${i === 0 ? "" : " or "}${typeOf(document, alternative)}`
      )
    }`
  }
  if (resolved["type"] === "array") return html`array of ${typeOf(document, resolved["items"] ?? {})}`
  return html`${name ?? resolved["type"] ?? "anything"}${constraints(resolved)}`
}

const constraints = (schema: JsonSchema): Html => {
  const { enum: values, format, maxLength, maximum, minLength, minimum, pattern } = schema
  const notes = [
    values === undefined ? undefined : (values as Array<unknown>).map((value) => JSON.stringify(value)).join(", "),
    format,
    minLength === undefined ? undefined : `${minLength} to ${maxLength ?? "any number of"} characters`,
    minimum === undefined
      ? undefined
      : maximum === undefined || maximum === Number.MAX_SAFE_INTEGER
      ? `at least ${minimum}`
      : `${minimum} to ${maximum}`,
    pattern
  ].filter((note) => note !== undefined)
  return html`${notes.map((note) => html` <small>${note}</small>`)}`
}

const nameOf = (schema: JsonSchema): string | undefined => schema["$ref"]?.split("/").at(-1)

const resolve = (document: OpenApi.OpenAPISpec, schema: JsonSchema): JsonSchema => {
  const name = nameOf(schema)
  return name === undefined ? schema : document.components.schemas[name] as JsonSchema ?? {}
}

const curl = (
  url: string,
  appId: string,
  credentials: string,
  { method, parameters, path, requestBody }: Operation
) => {
  const place = path.replaceAll(
    /\{(\w+)\}/gu,
    (_, name) => name === "appId" ? appId : name === "zendeskId" ? "35436" : "ada"
  )
  const query = parameters.filter(({ in: place, required }) => place === "query" && required)
    .map(({ name }) => `${encodeURIComponent(name)}=ada%40example.com`).join("&")
  return [
    `curl${method === "GET" ? "" : ` -X ${method}`} '${url}${place}${query === "" ? "" : `?${query}`}'`,
    ...(path.startsWith("/v2/") ? [`-u '${credentials}'`] : []),
    ...(requestBody === undefined ? [] : ["-H 'content-type: application/json'", "-d '{}'"])
  ].join(" \\\n  ")
}

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<Html | string>>) =>
  html`<table><thead><tr>${head.map((cell) => html`<th>${cell}</th>`)}</tr></thead><tbody>${
    rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)
  }</tbody></table>`

/** Text that is markup already; every other text is escaped where it is put in. */
interface Html {
  readonly text: string
}

type Part = string | number | undefined | Html | ReadonlyArray<Part>

const trusted = (text: string): Html => ({ text })

const html = (strings: TemplateStringsArray, ...parts: ReadonlyArray<Part>): Html =>
  trusted(String.raw({ raw: strings }, ...parts.map(markup)))

const markup = (part: Part): string => {
  if (part === undefined) return ""
  if (typeof part === "string" || typeof part === "number") {
    return String(part).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll(
      "\"",
      "&quot;"
    )
  }
  return "text" in part ? part.text : part.map(markup).join("")
}

const style = `
:root { color-scheme: light dark; --line: light-dark(#e3e5e8, #33373d); --soft: light-dark(#f6f7f8, #1d2024); --dim: light-dark(#5c6570, #9aa4b0) }
* { box-sizing: border-box }
body { margin: 0; display: grid; grid-template-columns: 18rem 1fr; font: 15px/1.5 system-ui, sans-serif; background: light-dark(#fff, #15171a) }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1rem; border-right: 1px solid var(--line); background: var(--soft) }
nav input { width: 100%; padding: .4rem .6rem; border: 1px solid var(--line); border-radius: 6px; background: transparent; color: inherit; font: inherit }
nav h2 { font-size: .8rem; color: var(--dim); margin: 1.2rem 0 .3rem }
nav ul { list-style: none; margin: 0; padding: 0 }
nav a { display: block; padding: .15rem 0; color: inherit; text-decoration: none }
nav a:hover { text-decoration: underline }
main { padding: 2rem 2.5rem; max-width: 62rem; min-width: 0 }
h1 { font-size: 1.6rem; margin: 0 0 1rem }
h3 { margin: 0; font-size: 1.05rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: 0 }
dt { color: var(--dim) }
dd { margin: 0 }
section { margin-top: 2rem; padding-top: 1.5rem; border-top: 1px solid var(--line) }
code, pre { font: 13px/1.5 ui-monospace, monospace }
pre { position: relative; padding: .8rem 1rem; border-radius: 6px; background: var(--soft); overflow: auto }
pre button { position: absolute; top: .5rem; right: .5rem; border: 1px solid var(--line); border-radius: 4px; background: transparent; color: var(--dim); cursor: pointer }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 }
th { text-align: left; font-weight: 500; color: var(--dim) }
th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
td table { margin: .3rem 0 0 }
summary { cursor: pointer; margin: .5rem 0 }
small, i { color: var(--dim); overflow-wrap: anywhere }
b { font: 600 11px/1.4 ui-monospace, monospace; padding: .1rem .4rem; border-radius: 4px; color: #fff; background: #5c6570 }
b.get { background: #1f73b7 } b.post { background: #038153 } b.patch { background: #ad5918 } b.delete { background: #cc3340 }
b.s2 { background: #038153 } b.s4 { background: #ad5918 }
[hidden] { display: none }
@media (max-width: 50rem) { body { display: block } nav { position: static; height: auto; border: 0 } main { padding: 1rem } }
`

const script = `
document.querySelector("input").addEventListener("input", (event) => {
  const wanted = event.target.value.toLowerCase()
  for (const item of document.querySelectorAll("nav li")) item.hidden = !item.dataset.text.includes(wanted)
})
for (const button of document.querySelectorAll("pre button")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.nextElementSibling.textContent)
    button.textContent = "copied"
  })
}
`
