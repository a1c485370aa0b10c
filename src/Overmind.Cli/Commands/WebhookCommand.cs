using System.CommandLine;

namespace Overmind.Cli.Commands;

static class WebhookCommand
{
    public static Command Create() => new("webhook", "Tell other systems what happens; for admins")
    {
        WebhookListCommand.Create(),
        WebhookAddCommand.Create(),
        WebhookEditCommand.Create(),
        WebhookVerbs.Rotate(),
        WebhookVerbs.Enable(),
        WebhookVerbs.Test(),
        WebhookDeliveriesCommand.Create(),
        WebhookVerbs.Resend(),
        WebhookVerbs.Remove(),
    };
}
