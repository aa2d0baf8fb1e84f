import { convert } from 'html-to-text'

/**
 * A comment as a phone can show it. Taken from its HTML, where links keep their address and lists
 * their marks; from the plain body when there is no HTML. Pictures and their addresses are dropped.
 */
export function commentPlainText(comment: {
  readonly htmlBody: string
  readonly plainBody: string
  readonly body: string
}): string {
  const text =
    comment.htmlBody === '' ? comment.plainBody || comment.body : fromHtml(comment.htmlBody)
  return text
    .replace(/[\u00A0\u2007\u202F]/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function fromHtml(html: string): string {
  return convert(html, {
    wordwrap: false,
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] } },
      { selector: 'img', format: 'skip' },
      { selector: 'ul', options: { itemPrefix: '- ' } },
      { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
    ],
  })
}
