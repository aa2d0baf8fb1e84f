import { Button, NativeSelect, SegmentedControl, Text, Textarea } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import type { MacroOffer } from '../api/host.ts'
import { useCast } from '../api/reads.ts'
import { Problem } from '../problem.tsx'
import classes from './desk.module.css'
import { type ReplyDraft, useReplyDraft } from './reply-draft.ts'

const STATUSES = [
  { value: '', label: 'keep status' },
  { value: 'open', label: 'submit as Open' },
  { value: 'pending', label: 'submit as Pending' },
  { value: 'hold', label: 'submit as On-hold' },
  { value: 'solved', label: 'submit as Solved' },
]

type Part = {
  readonly draft: ReplyDraft
  readonly change: (part: Partial<ReplyDraft>) => void
}

/** What an agent writes: a public reply, which becomes a text, or a note, which never leaves Zendesk. */
export function ReplyComposer({ ticketId }: { readonly ticketId: number }) {
  const cast = useCast()
  const { draft, change, send, isEmpty, isBusy, problem } = useReplyDraft(ticketId)
  const macros = cast.data?.macros ?? []
  return (
    <form
      className={classes.composer}
      data-note={draft.isPublic ? undefined : true}
      aria-label="Answer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <KindAndAuthor draft={draft} change={change} />
      <MacroPreview macro={macros.find(({ title }) => title === draft.macro) ?? null} />
      <Words draft={draft} change={change} send={send} />
      <div className={classes.controls}>
        <NativeSelect
          className={classes.choice}
          size="xs"
          aria-label="Macro"
          value={draft.macro}
          onChange={(event) => change({ macro: event.currentTarget.value })}
          data={[
            { value: '', label: 'no macro' },
            ...macros.map(({ title }) => ({ value: title, label: `macro: ${title}` })),
          ]}
        />
        <NativeSelect
          className={classes.choice}
          size="xs"
          aria-label="Status to submit as"
          value={draft.status}
          onChange={(event) => change({ status: event.currentTarget.value })}
          data={STATUSES}
        />
        <Button size="xs" px="sm" type="submit" ml="auto" disabled={isEmpty} loading={isBusy}>
          {draft.isPublic ? 'Submit reply' : 'Submit note'}
        </Button>
      </div>
      <Problem text={problem} />
    </form>
  )
}

function KindAndAuthor({ draft, change }: Part) {
  const cast = useCast()
  const agents = cast.data?.agents ?? []
  return (
    <div className={classes.controls}>
      <SegmentedControl
        size="xs"
        aria-label="Kind of comment"
        value={draft.isPublic ? 'public' : 'note'}
        onChange={(value) => change({ isPublic: value === 'public' })}
        data={[
          { value: 'public', label: 'Public reply' },
          { value: 'note', label: 'Internal note' },
        ]}
      />
      <NativeSelect
        className={classes.choice}
        size="xs"
        aria-label="Answer as"
        value={draft.agentEmail}
        onChange={(event) => change({ agentEmail: event.currentTarget.value })}
        data={agents.map(({ name, email, role }) => ({
          value: email,
          label: `as ${name} (${role})`,
        }))}
      />
    </div>
  )
}

/** Control or Command and Enter submits. */
function Words({ draft, change, send }: Part & { readonly send: () => void }) {
  const isSubmitKey = ({ key, ctrlKey, metaKey }: KeyboardEvent) =>
    key === 'Enter' && (ctrlKey || metaKey)
  return (
    <Textarea
      size="sm"
      autosize
      minRows={2}
      maxRows={6}
      aria-label={draft.isPublic ? 'Public reply' : 'Internal note'}
      placeholder={draft.isPublic ? 'The customer gets this as a text.' : 'Only agents see this.'}
      value={draft.body}
      onChange={(event) => change({ body: event.currentTarget.value })}
      onKeyDown={(event) => isSubmitKey(event) && send()}
    />
  )
}

function MacroPreview({ macro }: { readonly macro: MacroOffer | null }) {
  return macro === null ? null : (
    <Text size="xs" c="dimmed" className="said">
      {[`Before your words: ${macro.text}`, ...macro.does.map((deed) => `It ${deed}.`)].join('\n')}
    </Text>
  )
}
