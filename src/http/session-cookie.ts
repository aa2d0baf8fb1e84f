import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { SECOND } from '../kernel/instant.ts'
import { SESSION_LIFE_MS } from '../operators/sessions.ts'

/** Its name under http. Under https it has `__Host-` before it, which browsers let this host alone set. */
export const SESSION_COOKIE = 'replyline_session'

/** What the browser holds of a session; undefined when it brings none. */
export function readSessionCookie(context: Context, publicUrl: string): string | undefined {
  return getCookie(context, nameUnder(publicUrl))
}

/** Out of reach for scripts and for other sites' requests; under https, for http too. */
export function setSessionCookie(context: Context, publicUrl: string, token: string): void {
  const life = { maxAge: SESSION_LIFE_MS / SECOND }
  setCookie(context, nameUnder(publicUrl), token, { ...flagsUnder(publicUrl), ...life })
}

export function dropSessionCookie(context: Context, publicUrl: string): void {
  deleteCookie(context, nameUnder(publicUrl), flagsUnder(publicUrl))
}

export function isHttps(url: string): boolean {
  return url.startsWith('https:')
}

function nameUnder(publicUrl: string): string {
  return isHttps(publicUrl) ? `__Host-${SESSION_COOKIE}` : SESSION_COOKIE
}

function flagsUnder(publicUrl: string) {
  return { httpOnly: true, sameSite: 'Lax', path: '/', secure: isHttps(publicUrl) } as const
}
