import { Button, Code, Group, List, Loader, Modal, Text } from '@mantine/core'
import { useClipboard, useDisclosure } from '@mantine/hooks'
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
        {isDemo && <Steps isOpen={isOpen} />}
      </Modal>
    </>
  )
}

/** What begins here begins anew: the demo's own window knows only the emulated accounts. */
function Steps({ isOpen }: { readonly isOpen: boolean }) {
  return (
    <>
      <List type="ordered" size="sm" spacing="xs" mb="md">
        <List.Item>
          Copy the file below into <Code>bridge.yaml</Code>, if you want the choices made here:
          brands, routes, tags. Put your own brands and numbers in.
        </List.Item>
        <List.Item>
          End the demo: Ctrl-C in its terminal. Nothing of it goes along: it keeps to its own
          folder.
        </List.Item>
        <List.Item>
          <Code>PUBLIC_URL=https://replyline.example.com npm start</Code>, with the https address at
          which the platforms reach this machine. Open the address that it prints, and make the
          first owner.
        </List.Item>
        <List.Item>
          Connect Zendesk and Klaviyo there, in the browser. Or apply the file: write its secrets
          into <Code>.env</Code> under the names that it has for them, then{' '}
          <Code>npx replyline apply -f bridge.yaml --dry-run</Code>, and once more without{' '}
          <Code>--dry-run</Code>.
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
