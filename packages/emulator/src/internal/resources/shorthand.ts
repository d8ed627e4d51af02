/**
 * The buttons, pictures and templates that a text can have in the vendor's shorthand.
 *
 * @internal
 */
export type ShorthandPart =
  | { readonly _tag: "Text"; readonly text: string; readonly actions: ReadonlyArray<ShorthandAction> }
  | { readonly _tag: "Image"; readonly mediaUrl: string }
  | { readonly _tag: "Template"; readonly template: { readonly [name: string]: string } }

/** @internal */
export type ShorthandAction =
  | { readonly type: "link"; readonly text: string; readonly uri: string }
  | { readonly type: "reply" | "postback"; readonly text: string; readonly payload: string }

// A button, a picture or a template of WhatsApp. None of them can hold another one.
const shorthand =
  /%\[(?<label>[^\]]*)\]\((?<target>[^)]*)\)|!\[[^\]]*\]\((?<mediaUrl>[^)\s]+)\)|&\(\((?<template>[^]*?)\)\)&/gu

/**
 * Takes a text apart, in its order. A text without any shorthand is one part, exactly as it came.
 *
 * @internal
 */
export const partsOf = (text: string): ReadonlyArray<ShorthandPart> => {
  const parts: Array<ShorthandPart> = []
  let actions: Array<ShorthandAction> = []
  let rest = ""
  let end = 0
  const flush = (): void => {
    if (rest.trim() !== "" || actions.length > 0) parts.push({ _tag: "Text", text: rest.trim(), actions })
    rest = ""
    actions = []
  }
  for (const { 0: whole, groups = {}, index } of text.matchAll(shorthand)) {
    const action = groups["target"] === undefined ? undefined : actionOf(groups["label"] ?? "", groups["target"])
    const other = partOf(groups)
    // What is no address stays in the text.
    if (action === undefined && other === undefined) continue
    rest += text.slice(end, index)
    end = index + whole.length
    if (action !== undefined) {
      rest = rest.trimEnd()
      actions.push(action)
    } else if (other !== undefined) {
      flush()
      parts.push(other)
    }
  }
  if (end === 0) return [{ _tag: "Text", text, actions }]
  rest += text.slice(end)
  flush()
  return parts
}

const actionOf = (text: string, target: string): ShorthandAction | undefined => {
  const [, type, payload] = /^(reply|postback):([^]*)$/u.exec(target) ?? []
  if (type === "reply" || type === "postback") return { type, text, payload: payload ?? "" }
  return URL.canParse(target) ? { type: "link", text, uri: target } : undefined
}

const partOf = (
  { mediaUrl, template }: { readonly mediaUrl?: string; readonly template?: string }
): ShorthandPart | undefined => {
  if (template !== undefined) {
    const fields = Array.from(
      template.matchAll(/(\w+)=\[\[([^]*?)\]\]/gu),
      ([, name = "", value = ""]) => [name, value]
    )
    return { _tag: "Template", template: Object.fromEntries(fields) }
  }
  return mediaUrl !== undefined && URL.canParse(mediaUrl) ? { _tag: "Image", mediaUrl } : undefined
}
