/**
 * Says whether a URL may be called. Null means yes; else the reason, fit for an operator.
 *
 * An entry is `host`, `host:port`, or `*.zendesk.com`, where the star stands for exactly one label
 * and the port is the default one. Only https passes, except for a loopback host listed by name.
 */
export function whyNotAllowed(url: URL, allowedHosts: readonly string[]): string | null {
  if (url.username !== '' || url.password !== '')
    return 'the address carries a user name or password'
  if (!allowedHosts.some((entry) => matches(entry.toLowerCase(), url))) {
    return `${url.host} is not among the hosts that may be called`
  }

  const isPlainLoopback = url.protocol === 'http:' && isLoopback(url.hostname)
  return url.protocol === 'https:' || isPlainLoopback ? null : `${url.protocol}// is not allowed`
}

function matches(entry: string, url: URL): boolean {
  if (!entry.startsWith('*.'))
    return entry === url.host || entry === `${url.hostname}:${portOf(url)}`

  const suffix = entry.slice(1)
  const label = url.hostname.slice(0, -suffix.length)
  return url.port === '' && url.hostname.endsWith(suffix) && /^[a-z0-9-]+$/.test(label)
}

function portOf(url: URL): string {
  return url.port === '' ? ({ 'https:': '443', 'http:': '80' }[url.protocol] ?? '') : url.port
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
