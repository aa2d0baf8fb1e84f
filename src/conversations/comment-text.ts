/**
 * An agent's comment as the plain text a phone shows: no Markdown marks, links kept, spaces tidy.
 * Text that is not Markdown passes unchanged. HTML is turned into text before, where it is gathered.
 */
export function commentText(body: string): string {
  return body
    .replace(/\r\n?/g, '\n')
    .replace(/!\[[^\]]*\]\([^)\s]+\)/g, '')
    .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, (_all, label: string, url: string) =>
      label === url ? url : `${label} (${url})`,
    )
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/https?:\/\/\S+|\*\*(?=\S)([\s\S]*?\S)\*\*/g, unmarked)
    .replace(/https?:\/\/\S+|(?<!\w)__(?=\S)([\s\S]*?\S)__(?!\w)/g, unmarked)
    .replace(/https?:\/\/\S+|(?<![\w*])\*(?=\S)([^*\n]*?\S)\*(?![\w*])/g, unmarked)
    .replace(/https?:\/\/\S+|(?<![\w_])_(?=\S)([^_\n]*?\S)_(?![\w_])/g, unmarked)
    .replace(/`([^`\n]+)`/g, '$1')
    .replace(/[\u00A0\u2007\u202F]/g, ' ')
    .replace(/(?<![ \t])[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** What stands between two marks; an address, matched as a whole instead, may hold such signs itself. */
function unmarked(matched: string, inner: string | undefined): string {
  return inner ?? matched
}

/** The form in which two bodies are held to be the same message: what carriers and editors change is folded. */
export function sameText(body: string): string {
  return body
    .normalize('NFKC')
    .replace(/\u200b/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
