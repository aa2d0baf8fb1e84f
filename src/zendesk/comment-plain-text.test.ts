import { describe, expect, it } from 'vitest'
import { commentPlainText } from './comment-plain-text.ts'

const fromHtml = (htmlBody: string) =>
  commentPlainText({ htmlBody, plainBody: 'plain', body: 'body' })

describe("a comment's HTML, on a phone", () => {
  it.each([
    ['<p>Hello <b>Ada</b></p>', 'Hello Ada'],
    ['<p>one</p><p>two</p>', 'one\ntwo'],
    ['one<br>two', 'one\ntwo'],
    ['<a href="https://nordlys.no/a">our page</a>', 'our page (https://nordlys.no/a)'],
    ['<a href="https://nordlys.no">https://nordlys.no</a>', 'https://nordlys.no'],
    ['<ul><li>one</li><li>two</li></ul>', '- one\n- two'],
    ['<h2>Title</h2>text', 'Title\n\ntext'],
    ['<p>see <img src="https://x.test/a.png" alt="scan"></p>', 'see'],
    ['a &lt; b &amp; c&nbsp;d', 'a < b & c d'],
    ['<script>alert(1)</script>safe', 'safe'],
    ['👍🏽', '👍🏽'],
  ])('%j reads %j', (html, text) => {
    expect(fromHtml(html)).toBe(text)
  })

  it('is not broken into lines', () => {
    expect(fromHtml(`<p>${'word '.repeat(100)}</p>`)).not.toContain('\n')
  })
})

describe('a comment without HTML', () => {
  it.each([
    ['plain', 'body', 'plain'],
    ['', 'body', 'body'],
    ['a\n\n\n\nb\u00a0c ', '', 'a\n\nb c'],
    ['', '', ''],
  ])('reads as its plain body %j, else its body %j', (plainBody, body, text) => {
    expect(commentPlainText({ htmlBody: '', plainBody, body })).toBe(text)
  })
})
