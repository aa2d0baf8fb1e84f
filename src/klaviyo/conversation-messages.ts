import type { KlaviyoConversationId } from '../kernel/ids.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import type { KlaviyoTransport } from './transport.ts'

/** Texts into conversations that customers began. */
export type ConversationMessages = {
  /**
   * Sends one message into a conversation; the channel and the sending number are the
   * conversation's. Success means queued, no more: there is no id, no status and no receipt;
   * delivery or failure comes later as an event.
   *
   * There is no idempotency handle. After `touched: 'maybe'` never send again: the customer may
   * already have the text. 403 means that Klaviyo has not enabled the account for it (seen).
   *
   * 3 a second, 60 a minute. Needs `conversations:write`.
   * https://developers.klaviyo.com/en/reference/create_conversation_message
   */
  send(message: {
    readonly conversationId: KlaviyoConversationId
    readonly body: string
  }): Promise<Result<null, ApiProblem>>
}

/** Binds the call to one account. */
export function createConversationMessages(transport: KlaviyoTransport): ConversationMessages {
  return {
    async send({ conversationId, body }) {
      const answer = await transport.send({
        method: 'POST',
        path: '/api/conversation-messages',
        operation: 'create_conversation_message',
        body: toWireMessage(conversationId, body),
      })
      return answer.ok ? ok(null) : answer
    },
  }
}

function toWireMessage(conversationId: KlaviyoConversationId, body: string): unknown {
  return {
    data: {
      type: 'conversation-message',
      attributes: { body },
      relationships: { conversation: { data: { type: 'conversation', id: conversationId } } },
    },
  }
}
