using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Overmind.CrashHost;

/// <summary>The offline model, but an agent that may hand a sub-question on does so, to the first of the others.</summary>
sealed class DelegatingModel(IChatClient offline) : DelegatingChatClient(offline)
{
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var sent = messages.ToList();
        const string expert = "<expert by=\"";
        if (sent.Count == 2 && sent[0].Text.IndexOf(expert, StringComparison.Ordinal) is > 0 and var at)
        {
            var to = sent[0].Text[(at + expert.Length)..].Split('"')[0];
            yield return new ChatResponseUpdate(ChatRole.Assistant, $$$"""{"delegate": {"to": "{{{to}}}", "question": "How do lenses and sound carry through fog?"}}""");
            yield break;
        }

        await foreach (var update in base.GetStreamingResponseAsync(sent, options, cancellationToken)) yield return update;
    }
}
