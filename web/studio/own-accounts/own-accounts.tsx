import { Anchor, Button, Code, Group, List, Loader, Modal, Text } from '@mantine/core'
import { useClipboard, useDisclosure } from '@mantine/hooks'
import type { Host } from '../api/host.ts'
import { useBridgeFile, useHost } from '../api/reads.ts'
import { Problem } from '../problem.tsx'
import classes from './own-accounts.module.css'

/** The way from here to the reader's own accounts: a file to start from, and what to do with it. */
export function OwnAccounts() {
  const [isOpen, { open, close }] = useDisclosure(false)
  const host = useHost()
  const isDemo = host.data?.kind === 'demo'
  return (
    <>
      <Button
        size="compact-xs"
        onClick={open}
        disabled={!isDemo}
        aria-describedby={isDemo ? undefined : 'why-no-bridge'}
      >
        Use this on my accounts
      </Button>
      {host.data?.kind === 'alone' && (
        <Text size="xs" c="dimmed" id="why-no-bridge">
          needs “npm run demo”
        </Text>
      )}
      <Modal
        opened={isOpen}
        onClose={close}
        title="Use this on my accounts"
        size="lg"
        lockScroll={false}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {host.data?.kind === 'demo' && <Steps host={host.data} isOpen={isOpen} />}
      </Modal>
    </>
  )
}

type Demo = Extract<Host, { readonly kind: 'demo' }>

function Steps({ host, isOpen }: { readonly host: Demo; readonly isOpen: boolean }) {
  return (
    <>
      <List type="ordered" size="sm" spacing="xs" mb="md">
        <List.Item>
          Save this as <Code>bridge.yaml</Code>. It has the choices made here: brands, routes, tags.
          Put your own brands and numbers in.
        </List.Item>
        <List.Item>
          Make an OAuth client in Zendesk and a private key in Klaviyo, and write them into{' '}
          <Code>.env</Code> under the names that the file has for them.{' '}
          <Code>docs/configuration.md</Code> lists the scopes.
        </List.Item>
        <List.Item>
          <Code>npm start</Code>, then in another terminal{' '}
          <Code>npx replyline apply -f bridge.yaml --dry-run</Code>. When you like what it says,
          once more without <Code>--dry-run</Code>.
        </List.Item>
        <List.Item>
          Or connect your accounts in the browser, in{' '}
          <Anchor href={host.replylineUrl} target="_blank" rel="noreferrer" inherit>
            Replyline’s own window
          </Anchor>
          .
        </List.Item>
      </List>
      <BridgeFile isOpen={isOpen} />
    </>
  )
}

function BridgeFile({ isOpen }: { readonly isOpen: boolean }) {
  const file = useBridgeFile(isOpen)
  const clipboard = useClipboard()
  if (file.data === undefined)
    return file.error === null ? (
      <Loader size="sm" aria-label="Reading the bridge" />
    ) : (
      <Problem text={file.error.message} />
    )
  const { text } = file.data
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Text size="sm" fw={600}>
          bridge.yaml
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => clipboard.copy(text)}>
          {clipboard.copied ? 'Copied' : 'Copy'}
        </Button>
      </Group>
      {clipboard.error !== null && (
        <Problem text="It could not be copied: select and copy it by hand." />
      )}
      <Code block className={classes.file} tabIndex={0} aria-label="bridge.yaml">
        {text}
      </Code>
    </>
  )
}
