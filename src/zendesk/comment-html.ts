const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const ZERO_WIDTH_SPACE = '\u200b'

/** Controls other than tab and line breaks; the platforms' JSON readers reject some of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/**
 * Turns a person's plain text into the `html_body` of a comment that reads exactly the same.
 *
 * Markup is shown, not obeyed; line breaks are kept. `body` would not do: it collapses runs of
 * space. Zendesk renders `{{placeholders}}` in comments by staff, so a zero-width space is put
 * between the braces: the reader sees no difference, and no ticket's data leaks into a text.
 *
 * https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/#bodies
 */
export function escapeCommentHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(CONTROLS, '')
    .replace(/\{(?=[{%])/g, `{${ZERO_WIDTH_SPACE}`)
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
    .replace(/\r\n|[\r\n\u2028\u2029]/g, '<br>')
}
