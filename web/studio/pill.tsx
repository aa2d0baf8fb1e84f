import type { ReactNode } from 'react'
import classes from './pill.module.css'

export type PillLook = 'good' | 'bad' | 'wait' | 'info' | 'rest' | 'quiet'

/** A word or two that say how something is. `isStatus` tells of its changes. */
export function Pill({
  look,
  isStatus = false,
  children,
}: {
  readonly look: PillLook
  readonly isStatus?: boolean
  readonly children: ReactNode
}) {
  return (
    <span className={classes.pill} data-look={look} {...(isStatus ? { role: 'status' } : {})}>
      {children}
    </span>
  )
}
