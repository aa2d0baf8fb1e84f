import { Alert } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { PATHS } from '../paths.ts'
import type { Connection } from './connect-queries.ts'
import type { Connected } from './connected.ts'

const NAMES = { zendesk: 'Zendesk', klaviyo: 'Klaviyo' } as const

/** Says that a platform was just approved, until the page is left or the connections change. */
export function JustConnected({ connections }: { readonly connections: readonly Connection[] }) {
  const { connected }: Connected = useSearch({ strict: false })
  const navigate = useNavigate()
  const now = JSON.stringify(connections)
  const [shown] = useState({ connected, connections: now })
  useEffect(() => {
    if (connected !== undefined) void navigate({ to: PATHS.connections, search: {}, replace: true })
  }, [connected, navigate])
  if (shown.connected === undefined || shown.connections !== now) return null
  return (
    <Alert color="fjord" variant="light" role="status">
      {NAMES[shown.connected]} is connected.
    </Alert>
  )
}
