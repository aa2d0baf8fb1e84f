import { setTimeout as delay } from 'node:timers/promises'
import type { Call, Harm } from './bad-network.ts'
import type { Fault, FaultRun } from './fault.ts'
import { noteHarmed } from './harms.ts'

const LOAD = { phones: 10, rounds: 3 }
const JSON_TYPE = { 'content-type': 'application/json' }
const refusal = (status: number, code: string, text: object): Harm => ({
  ...{ kind: 'answer', status, headers: JSON_TYPE },
  text: JSON.stringify({ ...text, code }),
})
const NOT_AUTHORISED = refusal(401, 'not_authenticated', {
  errors: [{ status: 401, code: 'not_authenticated', detail: 'Missing or invalid private key.' }],
})
const FORBIDDEN = refusal(403, 'permission_denied', {
  errors: [{ status: 403, code: 'permission_denied', detail: 'You lack a scope.' }],
})
const IN_PROGRESS = refusal(409, 'x', {
  error: 'IdempotentRequestInProgress',
  description: 'A request with this key is under way.',
})
const isMessage = ({ method, path }: Call) =>
  method === 'POST' && path.startsWith('/api/conversation-messages')

/** Platforms that say no. */
export const f09: readonly Fault[] = [
  {
    ...{ family: 'F9', name: 'tokens expired and revoked, again and again' },
    load: { phones: 8, rounds: 1_000 },
    async harm(run) {
      for (let count = 0; count < run.dose(12, 2); count += 1) {
        const act = count % 3 === 2 ? 'revoke' : 'expire'
        await run.site.control('POST', `/oauth/${act}`, { platform: 'zendesk' })
        await delay(1_000)
      }
    },
  },
  {
    ...{ family: 'F9', name: 'Klaviyo’s key refused for a while (401)' },
    load: { phones: 8, rounds: 2 },
    async harm(run) {
      run.site.klaviyo.harm(() => NOT_AUTHORISED)
      await delay(6_000)
      run.site.klaviyo.harm(null)
      await run.load.finished
      noteHarmed(run)
    },
  },
  {
    ...{ family: 'F9', name: 'texts refused for a missing scope (403)', mayTell: true, load: LOAD },
    harm: whileLoaded('klaviyo', (call) => (isMessage(call) ? FORBIDDEN : null)),
    async check({ load }) {
      const arrived = load.phones.flatMap((phone) => load.watch.textsTo(phone))
      return arrived.length === 0 ? [] : ['a text went out although it was refused']
    },
  },
  {
    ...{ family: 'F9', name: 'a ticket’s making said to be under way (409)', load: LOAD },
    harm: whileLoaded(
      'zendesk',
      now(0.5, ({ method, path }) =>
        method === 'POST' && path.startsWith('/api/v2/tickets') ? IN_PROGRESS : null,
      ),
    ),
  },
  {
    ...{ family: 'F9', name: 'tickets deleted under their conversations (404)' },
    load: { phones: 6, rounds: 1 },
    async harm({ load, site }) {
      await load.finished
      for (const phone of load.phones) {
        for (const { id } of load.watch.ticketsOf(phone))
          await site.control('POST', `/tickets/${id}/delete`)
        await site.world.texts(phone, '+18005550100', AFTER)
      }
      load.forget()
    },
    async check({ load }) {
      return load.phones.flatMap((phone) => {
        const comments = load.watch.ticketsOf(phone).flatMap((ticket) => ticket.comments)
        const count = comments.filter(({ body }) => body === AFTER).length
        return count === 1 ? [] : [`the text after the deletion is there ${count} times`]
      })
    },
  },
]

const AFTER = 'Is anybody there?'

function whileLoaded(
  platform: 'zendesk' | 'klaviyo',
  harm: (call: Call, run: FaultRun) => Harm | null,
): Fault['harm'] {
  return async (run) => {
    run.site[platform].harm((call) => harm(call, run))
    await run.load.finished
    noteHarmed(run)
  }
}

/** Now and then, of the calls that it concerns. */
function now(share: number, harm: (call: Call) => Harm | null) {
  return (call: Call, { random }: FaultRun) => (random() < share ? harm(call) : null)
}
