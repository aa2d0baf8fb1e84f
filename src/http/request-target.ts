/** Why a target is not answered; for people. */
export const NOT_PLAIN =
  'the address has a form that is not answered here: send the path alone, from its first "/", without "." or ".." in it'

/**
 * Whether a request's target is a path that means what it says. A proxy that lets `/webhooks/` through
 * must not be talked into letting `/webhooks/../api` through, in any spelling. Whole addresses are for
 * proxies, of which this is none.
 */
export function isPlainTarget(target: string): boolean {
  const path = target.split(/[?#]/)[0] ?? ''
  const spelledOut = path.replace(/%2e/gi, '.').replace(/%2f/gi, '/').replace(/%5c/gi, '\\')
  const hasDots = spelledOut.split(/[/\\]/).some((part) => part === '.' || part === '..')
  return path.startsWith('/') && !hasDots
}
