import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { SECOND } from '../kernel/instant.ts'
import { KNOWN_BROWSER_LIFE_MS } from '../operators/known-browser.ts'
import { SESSION_LIFE_MS } from '../operators/sessions.ts'

/** Its name under http. Under https it has `__Host-` before it, which browsers let this host alone set. */
export const SESSION_COOKIE = 'replyline_session'

const BROWSER_COOKIE = 'replyline_browser'

/** What the browser holds of a session; undefined when it brings none. */
export function readSessionCookie(context: Context, publicUrl: string): string | undefined {
  return getCookie(context, nameUnder(publicUrl, SESSION_COOKIE))
}

/** Out of reach for scripts and for other sites' requests; under https, for http too. */
export function setSessionCookie(context: Context, publicUrl: string, token: string): void {
  const life = { maxAge: SESSION_LIFE_MS / SECOND }
  const name = nameUnder(publicUrl, SESSION_COOKIE)
  setCookie(context, name, token, { ...flagsUnder(publicUrl), ...life })
}

export function dropSessionCookie(context: Context, publicUrl: string): void {
  deleteCookie(context, nameUnder(publicUrl, SESSION_COOKIE), flagsUnder(publicUrl))
}

/** The mark of a browser in which somebody signed in; signing out leaves it. */
export function readBrowserCookie(context: Context, publicUrl: string): string | undefined {
  return getCookie(context, nameUnder(publicUrl, BROWSER_COOKIE))
}

export function setBrowserCookie(context: Context, publicUrl: string, mark: string): void {
  const life = { maxAge: KNOWN_BROWSER_LIFE_MS / SECOND }
  const name = nameUnder(publicUrl, BROWSER_COOKIE)
  setCookie(context, name, mark, { ...flagsUnder(publicUrl), ...life })
}

export function isHttps(url: string): boolean {
  return url.startsWith('https:')
}

function nameUnder(publicUrl: string, name: string): string {
  return isHttps(publicUrl) ? `__Host-${name}` : name
}

function flagsUnder(publicUrl: string) {
  return { httpOnly: true, sameSite: 'Lax', path: '/', secure: isHttps(publicUrl) } as const
}
