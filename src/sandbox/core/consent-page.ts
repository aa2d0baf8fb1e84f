import { html } from 'hono/html'
import type { Choice } from './authorize-request.ts'

type Page = ReturnType<typeof html>

type ConsentPage = {
  readonly platform: string
  readonly appName: string
  readonly scopes: readonly string[]
  /** Where both forms go. */
  readonly action: string
  /** What the request asked, without the chooser. */
  readonly fields: readonly (readonly [string, string])[]
  readonly chooser: { readonly name: string; readonly label: string }
  readonly choices: readonly Choice<unknown>[]
  readonly chosen: Choice<unknown>
}

/** Asks whether the app may have what it asked for. Works without scripts. */
export function consentPage(page: ConsentPage): Page {
  return frame(
    `${page.platform}: allow ${page.appName}?`,
    html`<h1>Allow ${page.appName} to use your ${page.platform} account?</h1>
<p>It asks for:</p>
<ul>
${page.scopes.map((scope) => html`<li><code>${scope}</code></li>\n`)}</ul>
<form method="post" action="${page.action}" id="allow">
${hidden([...page.fields, ['decision', 'allow']])}
<p><label>${page.chooser.label} <select name="${page.chooser.name}">
${page.choices.map((choice) => option(choice, choice.value === page.chosen.value))}</select></label></p>
<button>Allow</button>
</form>
<form method="post" action="${page.action}" id="deny">
${hidden([...page.fields, ['decision', 'deny']])}
<button>Deny</button>
</form>
<p><small>The sandbox's page: no real ${page.platform} account is touched.</small></p>`,
  )
}

/** For requests whose client or address cannot be trusted: nobody is sent anywhere. */
export function unsafeRequestPage(platform: string, complaint: string): Page {
  const title = 'Invalid Authorization Request'
  return frame(`${platform}: ${title}`, html`<h1>${title}</h1>\n<p>${complaint}</p>`)
}

function hidden(fields: ConsentPage['fields']) {
  return fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)
}

function option({ value, label }: Choice<unknown>, isChosen: boolean) {
  return isChosen
    ? html`<option value="${value}" selected>${label}</option>\n`
    : html`<option value="${value}">${label}</option>\n`
}

function frame(title: string, content: Page): Page {
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem }</style>
${content}
</html>
`
}
