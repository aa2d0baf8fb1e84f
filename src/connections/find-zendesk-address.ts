import { err, ok, type Result } from '../kernel/result.ts'
import { zendeskBaseUrl } from './zendesk-address.ts'

/** Where a name leads by its CNAME records; an empty list, or a rejection, when it has none. */
export type ResolveCname = (host: string) => Promise<readonly string[]>

const HOST_NAME = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/

/**
 * The base URL of a Zendesk account from what people paste, a help centre under the shop's own name
 * included: such a name leads to `<account>.zendesk.com` in the DNS, and only that host is ever called.
 * https://support.zendesk.com/hc/en-us/articles/4408821850010
 */
export async function findZendeskAddress(
  entered: string,
  platformHosts: readonly string[],
  resolveCname: ResolveCname,
): Promise<Result<string, string>> {
  const direct = zendeskBaseUrl(entered, platformHosts)
  const mapped = direct.ok ? null : hostMapped(entered)
  if (mapped === null) return direct
  const targets = await resolveCname(mapped).catch(() => [])
  for (const target of targets) {
    // Whole names alone: a bare word would be taken for an account's.
    const host = target.toLowerCase().replace(/\.$/, '')
    const behind = host.endsWith('.zendesk.com') ? zendeskBaseUrl(host, []) : null
    if (behind?.ok) return ok(behind.value)
  }
  return direct.ok ? direct : err(`${direct.problem}; ${mapped} does not lead to one`)
}

/** A host that could be a help centre's own name: never an address in figures, a port, or Zendesk's own. */
function hostMapped(entered: string): string | null {
  const text = entered.trim().toLowerCase()
  const url = URL.parse(/^https?:\/\//.test(text) ? text : `https://${text}`)
  if (url === null || url.port !== '' || url.username !== '' || url.password !== '') return null
  const isName = HOST_NAME.test(url.hostname) && !url.hostname.endsWith('.zendesk.com')
  return isName ? url.hostname : null
}
