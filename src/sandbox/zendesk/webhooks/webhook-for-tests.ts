import { startReceiver, type TestSandbox } from '../../sandbox-for-tests.ts'

const STORY = ['created', 'status_changed', 'comment_added']

/** Webhooks with a receiving end each, in one sandbox; `close` ends the receivers. */
export function createSubscriptions(sandbox: TestSandbox) {
  const open: (() => void)[] = []

  /** `types` are ticket events without their prefix; `answers` as of `startReceiver`. */
  async function subscribe(types = STORY, answers: Parameters<typeof startReceiver>[0] = []) {
    const receiver = await startReceiver(answers)
    open.push(receiver.close)
    const webhook = {
      name: 'Bridge',
      endpoint: receiver.url,
      http_method: 'POST',
      request_format: 'json',
      status: 'active',
      subscriptions: types.map((type) => `zen:event-type:ticket.${type}`),
      authentication: { type: 'bearer_token', add_position: 'header', data: { token: 't' } },
      custom_headers: { 'x-env': 'test' },
    }
    const { body } = await sandbox.api('POST', '/webhooks', { webhook })
    return { ...receiver, id: String(body.webhook.id), webhook: body.webhook }
  }

  return {
    subscribe,
    /** A customer mails in. */
    newTicket: () =>
      sandbox.control('POST', '/tickets', {
        subject: 'Help',
        body: 'Hello',
        requesterEmail: 'rut@customer.example',
      }),
    delivered: () => sandbox.world.webhooks.zendesk.idle(),
    close() {
      for (const close of open.splice(0)) close()
    },
  }
}
