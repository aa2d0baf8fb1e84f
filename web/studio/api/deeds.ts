import { call } from './call.ts'

/** What people and machines do in the world outside; each call is one deed of the control API. */

const phonePath = (number: string) => `/control/phones/${encodeURIComponent(number)}`

export const sendText = (text: { from: string; to: string; body: string }) =>
  call<{ eventId: string }>('POST', `${phonePath(text.from)}/messages`, {
    to: text.to,
    body: text.body,
  })

/** The carrier refuses the next text to this phone, and only that one; `null` takes it back. */
export const failNextText = (number: string, type: 'Carrier Violation' | null) =>
  call('PUT', `${phonePath(number)}/failure`, { type, ...(type === null ? {} : { times: 1 }) })

export type Reply = {
  readonly agentEmail: string
  /** Empty: the macro's words alone. */
  readonly body: string
  readonly public: boolean
  readonly status?: string
  readonly macro?: string
}

export const writeComment = (ticketId: number, reply: Reply) =>
  call<{ commentId: number }>('POST', `/control/tickets/${ticketId}/comments`, {
    ...reply,
    body: reply.body === '' ? undefined : reply.body,
  })

export const setStatus = (ticketId: number, status: string, agentEmail: string) =>
  call('POST', `/control/tickets/${ticketId}/status`, { status, agentEmail })

export const assignTicket = (ticketId: number, agentEmail: string, assigneeEmail: string | null) =>
  call('PUT', `/studio/tickets/${ticketId}/assignee`, { agentEmail, assigneeEmail })

export const advanceClock = (advanceMs: number) => call('POST', '/control/clock', { advanceMs })

export const runAutomations = () => call<{ changed: number }>('POST', '/control/run-automations')

export const pullThePlug = () => call('POST', '/studio/service/kill')

export const playStep = (step: number) => call('POST', `/studio/story/${step}/play`)

/** With a service beside it, the bridge forgets too. */
export const startOver = (hasHost: boolean) =>
  call('POST', hasHost ? '/studio/start-over' : '/control/reset')
