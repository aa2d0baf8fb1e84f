import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './column.module.css'

type Column = {
  readonly title: string
  /** Beside the title. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** One of the places side by side. It fills its height; what is in it scrolls by itself. */
export function Column({ title, aside, children }: Column) {
  return (
    <section className={classes.column} aria-label={title}>
      <header className={classes.head}>
        <Title order={2} size="sm">
          {title}
        </Title>
        {aside}
      </header>
      {children}
    </section>
  )
}
