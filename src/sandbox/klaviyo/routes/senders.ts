import type { Call, Routes } from '../call.ts'
import type { Account, SendingNumber } from '../entities.ts'
import { refuseInvalid, refuseNotEmulated, refuseUnknown } from '../errors.ts'
import { stableId } from '../ids.ts'
import {
  pageLinks,
  paginate,
  type Resource,
  relationship,
  selfLink,
  selfOf,
  sparse,
  toApiTime,
} from '../json-api.ts'
import { regionOf } from '../phone-numbers.ts'
import { readQuery } from '../query.ts'

const TYPE = 'text-messaging-sender'
const REGISTRATION = 'text-messaging-sender-registration'

/**
 * The numbers that an account sends from, in beta: all active.
 * https://developers.klaviyo.com/en/reference/text_messaging_senders_api_overview
 */
export const senderRoutes: Routes = {
  get_text_messaging_senders_beta({ account, url }) {
    const read = readQuery(url, {
      include: [REGISTRATION],
      sort: ['created_at'],
      pageSize: { default: 20, max: 100 },
    })
    if (!read.ok) return read.answer
    const { query } = read
    if (query.include.size > 0) return refuseNotEmulated('registrations of senders')
    const senders = account.numbers.map((number) => toResource(account, number, url.origin))
    const { pageSize: size, cursor } = query
    const page = paginate(senders, { size, cursor, keyOf: ({ id }) => id })
    if (page === null) {
      return refuseInvalid({ detail: 'Invalid cursor.', source: { parameter: 'page[cursor]' } })
    }
    const data = page.items.map((sender) => sparse(sender, query.fieldsOf(TYPE)))
    return { status: 200, body: { data, links: pageLinks(url, page) } }
  },

  get_text_messaging_sender_beta: (call: Call) => {
    const { account, url, id } = call
    const read = readQuery(url, { include: [REGISTRATION] })
    if (!read.ok) return read.answer
    if (read.query.include.size > 0) return refuseNotEmulated('registrations of senders')
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
