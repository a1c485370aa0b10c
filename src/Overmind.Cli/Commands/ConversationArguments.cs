using System.CommandLine;

namespace Overmind.Cli.Commands;

/// <summary>What the verbs of conversations have in common.</summary>
static class ConversationArguments
{
    public static readonly Argument<Guid> Conversation = new("conversation") { Description = "The conversation's id" };

    public static readonly Argument<Guid> Message = new("message") { Description = "The message's id" };
}
