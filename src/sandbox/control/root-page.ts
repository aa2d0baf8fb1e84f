/** What a person sees who opens the control port in a browser. */
export function rootPage(): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Replyline sandbox</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }</style>
<h1>Replyline sandbox</h1>
<p>This is an emulated Zendesk Support and an emulated Klaviyo, with the phones and mailboxes around
them. <strong>Nothing here sends real texts</strong> or e-mails, and no real account is touched.</p>
<p>The two platforms answer on their own ports. This port holds the control API: what customers and
agents do, what goes wrong, and what both platforms hold.</p>
<ul>
<li><a href="/control/tickets">Tickets</a>, <a href="/control/emails">e-mails that Zendesk sent</a></li>
<li><a href="/control/settings">Settings</a>: each doubtful fact about a platform as a switch</li>
<li><a href="/control/calls">API calls received</a>, <a href="/control/clock">the clock</a></li>
</ul>
</html>
`
}
