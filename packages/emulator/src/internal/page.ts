import { type Answer, text } from "./delivery.ts"

/**
 * An answer that is a page of the emulator's own: it runs only the script that it names, reaches nothing but the emulator, and
 * stands in no frame.
 *
 * @internal
 */
export const page = (
  html: string,
  { script, style }: { readonly script: string; readonly style: string }
): Answer => {
  const answer = text(200, "text/html; charset=utf-8", html)
  const policy = {
    "default-src": "'none'",
    "script-src": script,
    "style-src": style,
    "img-src": "data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'"
  }
  return {
    ...answer,
    headers: {
      ...answer.headers,
      "cache-control": "no-store",
      "content-security-policy": Object.entries(policy).map(([name, value]) => `${name} ${value}`).join("; "),
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff"
    }
  }
}
