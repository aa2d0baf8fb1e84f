import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeCommentHtml } from './comment-html.ts'

describe('a customer’s words as a comment', () => {
  it.each([
    ['a < b & "c" > \'d\'', 'a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;'],
    ['one\ntwo\r\nthree\rfour', 'one<br>two<br>three<br>four'],
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['*not* _markdown_', '*not* _markdown_'],
    ['{{ticket.id}}', '{\u200b{ticket.id}}'],
    ['{% if x %}', '{\u200b% if x %}'],
    ['{{{a}}}', '{\u200b{\u200b{a}}}'],
    ['{ alone }', '{ alone }'],
    ['nul\u0000 bell\u0007 tab\t', 'nul bell tab\t'],
    ['half \ud83d of a pair', 'half \ufffd of a pair'],
    ['👍🏽', '👍🏽'],
  ])('%j → %j', (text, html) => {
    expect(escapeCommentHtml(text)).toBe(html)
  })

  it('never holds markup other than <br>, nor a placeholder', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '%', '<', '>', '&', '\n', 'a', '\u0000') }),
        (text) => {
          const html = escapeCommentHtml(text)
          expect(html.replaceAll('<br>', ' ')).not.toMatch(/[<>]|\{\{|\{%/)
        },
      ),
    )
  })

  it('reads the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        const read = escapeCommentHtml(text)
          .replaceAll('\u200b', '')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replaceAll('&amp;', '&')
        expect(read).toBe(text)
      }),
    )
  })
})
