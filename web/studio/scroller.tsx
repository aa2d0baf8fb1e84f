import { type ReactNode, useLayoutEffect, useRef } from 'react'

type Scroller = {
  readonly label: string
  readonly className: string | undefined
  /** Each growth brings the foot into sight, and it stays there; without it nothing scrolls by itself. */
  readonly followedCount?: number
  readonly children: ReactNode
}

/** A place that scrolls by itself, and can be reached and scrolled by keyboard. */
export function Scroller({ label, className, followedCount = 0, children }: Scroller) {
  const place = useRef<HTMLElement>(null)
  useLayoutEffect(
    () => (followedCount > 0 ? keepFootInSight(place.current) : undefined),
    [followedCount],
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section ref={place} className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}

/** How far from the foot still counts as there. */
const NEAR_PX = 40

/** To the foot now, and again when the place becomes smaller, unless the reader has scrolled up. */
function keepFootInSight(place: HTMLElement | null): (() => void) | undefined {
  if (place === null) return undefined
  const toFoot = () => place.scrollTo({ top: place.scrollHeight })
  let isAtFoot = true
  const note = () => {
    isAtFoot = place.scrollHeight - place.scrollTop - place.clientHeight < NEAR_PX
  }
  const observer = new ResizeObserver(() => isAtFoot && toFoot())
  toFoot()
  place.addEventListener('scroll', note)
  observer.observe(place)
  return () => {
    place.removeEventListener('scroll', note)
    observer.disconnect()
  }
}
