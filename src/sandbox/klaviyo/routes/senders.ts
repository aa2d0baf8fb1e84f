import type { Call, Routes } from '../api/call.ts'
import { showCollection } from '../api/collection.ts'
import { refuseUnknown } from '../api/errors.ts'
import {
  type Resource,
  relationship,
  selfLink,
  selfOf,
  sparse,
  toApiTime,
} from '../api/json-api.ts'
import { readQuery } from '../api/query.ts'
import type { Account, SendingNumber } from '../entities.ts'
import { stableId } from '../ids.ts'
import { regionOf } from '../texts/phone-numbers.ts'

const TYPE = 'text-messaging-sender'
const REGISTRATION = 'text-messaging-sender-registration'

/**
 * The numbers that an account sends from, in beta: all active.
 * https://developers.klaviyo.com/en/reference/text_messaging_senders_api_overview
 */
export const senderRoutes: Routes = {
  get_text_messaging_senders_beta: (call) =>
    showCollection(call, {
      rules: {
        notEmulated: { include: [REGISTRATION] },
        sort: ['created_at'],
        pageSize: { default: 20, max: 100 },
      },
      items: call.account.numbers,
      keyOf: ({ number }) => number,
      toResource: (sender) => toResource(call.account, sender, call.url.origin),
    }),

  get_text_messaging_sender_beta: (call: Call) => {
    const { account, url, id } = call
    const read = readQuery(url, { notEmulated: { include: [REGISTRATION] } })
    if (!read.ok) return read.answer
    const found = account.numbers
      .map((number) => toResource(account, number, url.origin))
      .find((sender) => sender.id === id)
    if (found === undefined) return refuseUnknown(TYPE, id)
    const data = sparse(found, read.query.fieldsOf(TYPE))
    return { status: 200, body: { data, links: { self: selfOf(url) } } }
  },
}

/** The country of a sender without one of its own is the first that it serves, else that of the US. */
function toResource(account: Account, sender: SendingNumber, origin: string): Resource {
  const { number, kind, regions } = sender
  const id = stableId(26, 'sender', account.id, number)
  const links = selfLink(origin, `${TYPE}s`, id)
  return {
    type: TYPE,
    id,
    attributes: {
      sender_type: kind,
      sender_details: { country: regionOf(number) ?? regions[0] ?? 'US' },
      status: 'active',
      created_at: toApiTime(account.createdAt),
      forwarding_number: null,
      sender_identifier: number,
    },
    relationships: { [REGISTRATION]: relationship(links, REGISTRATION) },
    links,
  }
}
