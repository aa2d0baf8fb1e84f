import type { Routes } from '../api/call.ts'
import { refuseUnknown } from '../api/errors.ts'
import { type Resource, selfLink, selfOf, sparse } from '../api/json-api.ts'
import { readQuery } from '../api/query.ts'
import type { Account } from '../entities.ts'

/** https://developers.klaviyo.com/en/reference/accounts_api_overview */
export const accountRoutes: Routes = {
  get_accounts({ account, url }) {
    const read = readQuery(url, {})
    if (!read.ok) return read.answer
    const resource = sparse(toResource(account, url.origin), read.query.fieldsOf('account'))
    const links = { self: selfOf(url), next: null, prev: null }
    return { status: 200, body: { data: [resource], links } }
  },

  get_account({ account, url, id }) {
    const read = readQuery(url, {})
    if (!read.ok) return read.answer
    if (id !== account.id) return refuseUnknown('account', id)
    const data = sparse(toResource(account, url.origin), read.query.fieldsOf('account'))
    return { status: 200, body: { data, links: { self: selfOf(url) } } }
  },
}

function toResource(account: Account, origin: string): Resource {
  return {
    type: 'account',
    id: account.id,
    attributes: {
      test_account: false,
      contact_information: {
        default_sender_name: account.name,
        default_sender_email: 'hello@example.com',
        website_url: null,
        organization_name: account.name,
        street_address: {
          address1: null,
          address2: null,
          city: null,
          region: null,
          country: null,
          zip: null,
        },
      },
      industry: null,
      timezone: 'Europe/Oslo',
      preferred_currency: 'USD',
      public_api_key: account.id,
      locale: 'en-US',
    },
    links: selfLink(origin, 'accounts', account.id),
  }
}
