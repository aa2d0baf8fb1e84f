import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyText } from '../../test/support/core-builders.ts'
import type { ConversationId, EffectId } from '../kernel/ids.ts'
import {
  commentMark,
  parseCommentMark,
  parseTicketExternalId,
  ticketExternalId,
} from './own-marks.ts'

const A = '0190d6f2-0c1e-7a01-8b2c-000000000001'
const B = '0190d6f2-0c1e-7a01-8b2c-00000000000f'

describe("a ticket's external id", () => {
  it('names its conversation and effect, and is read back as both', () => {
    expect(ticketExternalId(A as ConversationId, B as EffectId)).toBe(`replyline:${A}:${B}`)
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (conversationId, effectId) => {
        const externalId = ticketExternalId(conversationId as ConversationId, effectId as EffectId)
        expect(parseTicketExternalId(externalId)).toEqual({ conversationId, effectId })
      }),
    )
  })

  it.each([
    null,
    '',
    'shop-order-1234',
    `replyline:${A}`,
    `replyline:${A}:${B}:${A}`,
    `replyline:${A}:${B}\n`,
    ` replyline:${A}:${B}`,
    `Replyline:${A}:${B}`,
    `replyline:${A}:not-a-uuid`,
    `replyline:${A.toUpperCase()}:${B}`,
    `other:${A}:${B}`,
    `replyline:${A}:${B}'; drop table tickets`,
  ])('is none of ours: %j', (externalId) => {
    expect(parseTicketExternalId(externalId)).toBeNull()
  })

  it('is none of ours for any other text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(parseTicketExternalId(text)).toBeNull()
      }),
    )
  })
})

describe("a comment's mark", () => {
  it('is read back as the effect that wrote it, also after JSON', () => {
    const kept = JSON.parse(JSON.stringify(commentMark(B as EffectId)))
    expect(parseCommentMark(kept)).toBe(B)
  })

  it.each([
    [{}],
    [{ other: { effect: B } }],
    [{ replyline: null }],
    [{ replyline: B }],
    [{ replyline: {} }],
    [{ replyline: { effect: 7 } }],
    [{ replyline: [B] }],
  ])('is absent from %j', (custom) => {
    expect(parseCommentMark(custom)).toBeNull()
  })
})
