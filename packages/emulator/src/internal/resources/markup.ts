const entities: { readonly [character: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;" }

const characters: { readonly [entity: string]: string } = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": "\"",
  "&#39;": "'",
  "&nbsp;": " "
}

/** What there is of Markdown here, each with the element that it becomes. */
const inline: ReadonlyArray<readonly [RegExp, string]> = [
  [/`([^`\n]+)`/gu, "<code>$1</code>"],
  [/\[([^\]\n]+)\]\(([^)\s]+)\)/gu, "<a href=\"$2\">$1</a>"],
  [/\*\*([^*\n]+)\*\*/gu, "<strong>$1</strong>"],
  [/\*([^*\n]+)\*/gu, "<em>$1</em>"],
  [/\b_([^_\n]+)_\b/gu, "<em>$1</em>"]
]

/**
 * HTML of the Markdown that messages are written in: paragraphs, lines, bold, italics, code and links.
 *
 * @internal
 */
export const htmlOfMarkdown = (markdown: string): string =>
  markdown.trim().split(/\n{2,}/u).map((paragraph) => {
    const escaped = paragraph.replaceAll(/[&<>"]/gu, (character) => entities[character] ?? character)
    const html = inline.reduce((html, [pattern, element]) => html.replaceAll(pattern, element), escaped)
    return `<p>${html.replaceAll("\n", "<br>")}</p>`
  }).join("")

/**
 * What HTML says to channels that have none.
 *
 * @internal
 */
export const textOfHtml = (html: string): string =>
  html
    .replaceAll(/<br\s*\/?>/giu, "\n")
    .replaceAll(/<\/(?:p|div|li|h[1-6])>/giu, "\n")
    .replaceAll(/<[^<>]*>/gu, "")
    .replaceAll(/&(?:amp|lt|gt|quot|#39|nbsp);/gu, (entity) => characters[entity] ?? entity)
    .trim()
