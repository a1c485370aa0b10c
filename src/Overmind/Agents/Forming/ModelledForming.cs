using Microsoft.Extensions.AI;
using Overmind.Memory.Forming;
using Overmind.Models;
using Overmind.Postgres;

namespace Overmind.Agents.Forming;

/// <summary>Forms memories by a model: it names what is lasting, and then says of each what it is beside what is known. An answer that cannot be read is asked for once more.</summary>
sealed class ModelledForming(KnownMemories known, ChatModels models, LedgerCall ledger, TimeProvider time)
{
    /// <summary>As many as a prompt holds of what resembles the new.</summary>
    const int MostKnown = 30;

    public async Task<IReadOnlyList<FormedMemory>> FormAsync(
        Claims claims, ModelReference model, IReadOnlyList<SaidMessage> messages, string idempotencyKey, CancellationToken cancellationToken)
    {
        var formed = new List<FormedMemory>();
        // One person at a time: what is known of one is never shown beside the words of another.
        foreach (var (number, person) in messages.Where(m => !m.IsLeftOut).GroupBy(m => m.UserId).Index())
        {
            var said = person.ToList();
            var found = await AskAsync(claims, model, FormingPrompt.Extract(said), answer => FormingAnswer.Facts(answer, said), $"{idempotencyKey}-{number}", cancellationToken);
            if (found.Count == 0)
                continue;
            var memories = await known.AlikeAsync(claims, person.Key, [.. found.Select(f => f.Content)], MostKnown, cancellationToken);
            formed.AddRange(memories.Count == 0
                ? found
                : await AskAsync(
                    claims, model, FormingPrompt.Decide(found, memories), answer => FormingAnswer.Decisions(answer, found, memories), $"{idempotencyKey}-{number}-decide",
                    cancellationToken));
        }

        return formed;
    }

    async Task<IReadOnlyList<FormedMemory>> AskAsync(
        Claims claims, ModelReference model, List<ChatMessage> prompt, Func<string, (IReadOnlyList<FormedMemory>? Read, string Reason)> read, string idempotencyKey,
        CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(5), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var client = await models.GetAsync(claims, model, stop.Token);
        var reason = "";
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            var options = new ChatOptions
            {
                MaxOutputTokens = FormingPrompt.MaxTokens,
                Temperature = 0,
                AdditionalProperties = new() { ["idempotency_key"] = $"{idempotencyKey}-{attempt}" },
            };
            var response = await ledger(claims, model, "memory_forming", "memory_forming", prompt, call => client.GetResponseAsync(prompt, options, call), stop.Token);
            var text = StoredText.Clean(response.Text);
            (var answer, reason) = read(text);
            if (answer is not null)
                return answer;
            prompt = [.. prompt, new(ChatRole.Assistant, text), new(ChatRole.User, FormingPrompt.SentBack(reason))];
        }

        throw new InvalidOperationException($"{model} answered twice what cannot be read: {reason}");
    }
}
