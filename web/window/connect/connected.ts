/** What the address says of a platform that was just approved. */
export type Connected = { readonly connected?: 'zendesk' | 'klaviyo' | undefined }

export function readConnected(search: Readonly<Record<string, unknown>>): Connected {
  const { connected } = search
  return connected === 'zendesk' || connected === 'klaviyo' ? { connected } : {}
}
