import { Empty } from '../shared/empty.tsx'
import { Page } from '../shared/page.tsx'
import { LookUpForm } from './look-up-form.tsx'

/** Where any id leads to what happened and why. */
export function LookUpPage() {
  return (
    <Page title="Look up an id" intro="What happened to it, and why.">
      <LookUpForm />
      <Empty title="Any id will do">
        A ticket's number, a comment's id, Klaviyo's or Zendesk's id of an event, or an id that a
        log line or a Details section shows.
      </Empty>
    </Page>
  )
}
