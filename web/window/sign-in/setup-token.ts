import { useEffect, useState } from 'react'

/** Kept while the page lives: the address bar, history and bookmarks must not hold it. */
let taken = ''

/** The set-up token that came behind `#` in the address, which is removed from there; empty when none came. */
export function useSetupToken(): string {
  const [token, setToken] = useState(taken)
  useEffect(() => {
    const take = () => {
      taken = fromAddress(window.location.hash) ?? taken
      if (taken !== '') forgetFragment()
      setToken(taken)
    }
    take()
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [])
  return token
}

/** What a person pastes may be the whole address. */
export function toSetupToken(pasted: string): string {
  return fromAddress(pasted) ?? pasted.trim()
}

function fromAddress(text: string): string | null {
  return /#setup=([\w-]+)/.exec(text)?.[1] ?? null
}

function forgetFragment(): void {
  const { pathname, search } = window.location
  window.history.replaceState(window.history.state, '', `${pathname}${search}`)
}
