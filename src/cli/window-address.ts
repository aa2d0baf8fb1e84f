import type { Config } from '../config.ts'

/**
 * Where to open the window: at `PUBLIC_URL` when that is https, because the session's cookie then goes
 * there alone; else on this machine. A set-up token comes behind `#`, which browsers send to nobody.
 */
export function windowAddress(
  { publicUrl, host }: Config,
  port: number,
  setupToken: string | null,
): string {
  const isAnyHost = host === '0.0.0.0' || host === '::'
  const name = isAnyHost ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  const address = publicUrl.startsWith('https:') ? publicUrl : `http://${name}:${port}`
  return setupToken === null ? address : `${address}/#setup=${setupToken}`
}
