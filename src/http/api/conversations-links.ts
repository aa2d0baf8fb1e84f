/** Klaviyo's pages are not at the address of its API. */
const KLAVIYO_API = 'https://a.klaviyo.com'
const KLAVIYO_PAGES = 'https://www.klaviyo.com'

/** Where an agent opens a ticket, from the address of its Zendesk account. */
export function ticketLink(zendeskAddress: string, ticketId: string): string {
  return `${zendeskAddress}/agent/tickets/${encodeURIComponent(ticketId)}`
}

/** Where a person opens a profile, from the address that the API is called at. */
export function profileLink(klaviyoAddress: string, profileId: string): string {
  const pages = klaviyoAddress === KLAVIYO_API ? KLAVIYO_PAGES : klaviyoAddress
  return `${pages}/profile/${encodeURIComponent(profileId)}`
}
