import { useState } from 'react'
import { type Reply, setStatus, writeComment } from '../api/deeds.ts'
import { useDeed } from '../api/use-deed.ts'
import { useView } from '../view.tsx'

/** What an agent is about to submit. Empty status: as it is. Empty macro: none. */
export type ReplyDraft = {
  readonly isPublic: boolean
  readonly body: string
  readonly agentEmail: string
  readonly status: string
  readonly macro: string
}

const EMPTY: ReplyDraft = {
  isPublic: true,
  body: '',
  agentEmail: 'agent@example.com',
  status: '',
  macro: '',
}

/** A draft for a ticket. What was submitted leaves it; who answers, and how, stays. */
export function useReplyDraft(ticketId: number) {
  const [, changeView] = useView()
  const [draft, setDraft] = useState(EMPTY)
  const deed = useDeed(submit)
  const isEmpty = draft.body.trim() === '' && draft.macro === '' && draft.status === ''

  return {
    draft,
    isEmpty,
    isBusy: deed.isBusy,
    problem: deed.problem,
    change(part: Partial<ReplyDraft>): void {
      // A ticket that is being answered stays on the desk, whatever else comes in.
      if (draft.body === '' && part.body !== undefined) changeView({ ticket: ticketId })
      setDraft((before) => ({ ...before, ...part }))
    },
    send(): void {
      if (isEmpty || deed.isBusy) return
      const clear = () => setDraft((sent) => ({ ...sent, body: '', status: '', macro: '' }))
      deed.runThen(clear, ticketId, toReply(draft))
    },
  }
}

function toReply({ agentEmail, body, isPublic, status, macro }: ReplyDraft): Reply {
  return {
    agentEmail,
    body: body.trim(),
    public: isPublic,
    ...(status === '' ? {} : { status }),
    ...(macro === '' ? {} : { macro }),
  }
}

/** Without words only the status is submitted, as Zendesk does. */
async function submit(ticketId: number, reply: Reply): Promise<void> {
  const { body, macro, status, agentEmail } = reply
  if (body === '' && macro === undefined && status !== undefined)
    await setStatus(ticketId, status, agentEmail)
  else await writeComment(ticketId, reply)
}
