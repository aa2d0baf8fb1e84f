import { err, ok, type Result } from '../kernel/result.ts'

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:|\/|$)/
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * The base URL of a Zendesk account from what people paste: `nordlys`, `nordlys.zendesk.com`, the
 * address of a ticket. Only `*.zendesk.com`, and hosts the installation names in `PLATFORM_HOSTS`.
 */
export function zendeskBaseUrl(
  entered: string,
  platformHosts: readonly string[],
): Result<string, string> {
  const text = entered.trim().toLowerCase()
  if (LABEL.test(text) && text !== 'localhost') return ok(`https://${text}.zendesk.com`)
  const url = URL.parse(/^https?:\/\//.test(text) ? text : `${schemeFor(text)}://${text}`)
  if (url === null || url.username !== '' || url.password !== '')
    return err(`"${entered}" is not a Zendesk address: enter it like nordlys.zendesk.com`)
  if (platformHosts.includes(url.host)) return ok(url.origin)
  const [label = '', ...rest] = url.hostname.split('.')
  if (rest.join('.') === 'zendesk.com' && LABEL.test(label) && url.port === '')
    return ok(`https://${url.hostname}`)
  return err(
    `"${url.host}" is not a Zendesk host: enter the account's own address like nordlys.zendesk.com${url.port === '' ? '' : ', or name the host in PLATFORM_HOSTS'}`,
  )
}

/** What a sandbox on this machine speaks, when nobody wrote it. */
function schemeFor(text: string): 'http' | 'https' {
  return LOOPBACK.test(text) ? 'http' : 'https'
}
