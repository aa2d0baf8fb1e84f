/** A comment's three spellings, as Zendesk derives them from what was written. */
export type CommentText = {
  readonly body: string
  readonly html_body: string
  readonly plain_body: string
}

export type CommentSource = { readonly body?: string; readonly html_body?: string }

/** Zendesk cuts longer comments without a word. The exact byte is our reading of "64 kB". */
const LONGEST_COMMENT_BYTES = 65_535

/**
 * Markdown is rendered for staff alone, and only its bold, italic and link marks here.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/#bodies
 */
export function toCommentText(
  source: CommentSource,
  { isStaff }: { readonly isStaff: boolean },
): CommentText {
  if (source.html_body !== undefined) return fromHtml(cutToBytes(source.html_body))

  const plain = cutToBytes(source.body ?? '')
  const body = collapse(plain)
  const paragraphs = body
    .split('\n\n')
    .map((part) => `<p dir="auto">${escapeHtml(part).replaceAll('\n', '<br>')}</p>`)
    .join('')
  const inner = isStaff ? renderMarkdown(paragraphs) : paragraphs
  return { body, html_body: wrap(inner), plain_body: plain }
}

function fromHtml(html: string): CommentText {
  const safe = html.replace(/<(script|style|iframe)\b[\s\S]*?<\/\1>/gi, '')
  const plain = htmlToText(safe)
  return { body: collapse(plain), html_body: wrap(safe), plain_body: plain }
}

/** Runs of spaces become one; more than one empty line becomes one. */
function collapse(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(/[ \t]+/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function wrap(inner: string): string {
  return `<div class="zd-comment" dir="auto">${inner}</div>`
}

function renderMarkdown(html: string): string {
  return html
    .replace(/\*\*([^*\n]+)\*\*/g, '<strong>$1</strong>')
    .replace(/(?<![*\w])\*([^*\s][^*\n]*)\*(?![*\w])/g, '<em>$1</em>')
    .replace(/\[([^\]\n]+)\]\((https?:[^)\s]+)\)/g, '<a href="$2" rel="noreferrer">$1</a>')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

function htmlToText(html: string): string {
  return html
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/p>/gi, '\n\n')
    .replace(/<\/(div|li|h[1-6]|tr)>/gi, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&(nbsp|lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .trim()
}

function cutToBytes(text: string): string {
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length <= LONGEST_COMMENT_BYTES) return text
  // Streaming leaves out a character that the cut splits.
  return new TextDecoder().decode(bytes.subarray(0, LONGEST_COMMENT_BYTES), { stream: true })
}
