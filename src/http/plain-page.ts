import type { Context } from 'hono'
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { contentPolicy } from './security-headers.ts'

export type PlainPage = {
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly link: { readonly to: string; readonly label: string } | null
  /** A file of ours for it to run. */
  readonly script?: string
}

/** A page apart from the window, for when there is one thing to say. Whatever is in it is shown as text. */
export async function sendPlainPage(
  context: Context,
  page: PlainPage,
  answer: { readonly status: ContentfulStatusCode; readonly nonce: string },
): Promise<Response> {
  const body = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · Replyline</title>
<style nonce="${answer.nonce}">
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif }
body { max-width: 34rem; margin: 16vh auto; padding: 0 1.25rem; overflow-wrap: anywhere }
h1 { font-size: 1.4rem; line-height: 1.3 }
a { display: inline-block; margin-top: .5rem; padding: .5rem 1rem; border-radius: .4rem; background: #0b5c56; color: #fff; text-decoration: none }
a:focus-visible { outline: 3px solid #62b5ad; outline-offset: 2px }
</style>
</head>
<body>
<h1>${page.title}</h1>
${page.paragraphs.map((text) => html`<p>${text}</p>`)}
${page.link === null ? '' : html`<p><a href="${page.link.to}">${page.link.label}</a></p>`}
${page.script === undefined ? '' : html`<script src="${page.script}"></script>`}
</body>
</html>
`
  return context.html(String(body), answer.status, {
    'content-security-policy': contentPolicy(answer.nonce),
    'cache-control': 'no-store',
  })
}
