import {
  Anchor,
  type AnchorProps,
  Button,
  type ButtonProps,
  NavLink,
  type NavLinkProps,
} from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'

type OfAnchor<Props> = Omit<ComponentPropsWithRef<'a'>, keyof Props | 'href'> & Props

/** A link to a page of the window, in text. */
export const PageLink = createLink((props: OfAnchor<AnchorProps>) => <Anchor {...props} />)

/** A link to a page of the window that looks like a button. */
export const PageButton = createLink((props: OfAnchor<ButtonProps>) => (
  <Button component="a" {...props} />
))

/** A link to a page of the window in the navigation; marked while its page is open. */
export const PageNavLink = createLink((props: OfAnchor<NavLinkProps>) => (
  <NavLink component="a" {...props} />
))

type OutsideProps = AnchorProps & { readonly href: string; readonly children: React.ReactNode }

/** A link to a page of a platform, in a tab of its own. */
export function OutsideLink({ children, ...props }: OutsideProps) {
  return (
    <Anchor target="_blank" rel="noreferrer" {...props}>
      {children}
      <span aria-hidden="true">&nbsp;↗</span>
    </Anchor>
  )
}
