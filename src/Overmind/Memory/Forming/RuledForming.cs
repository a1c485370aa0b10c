using Overmind.Models.Offline;
using Overmind.Postgres;

namespace Overmind.Memory.Forming;

/// <summary>Forms memories without a model.</summary>
sealed class RuledForming(KnownMemories known)
{
    /// <summary>As many are looked at as a person is likely to be remembered by.</summary>
    const int MostKnown = 200;

    public async Task<IReadOnlyList<FormedMemory>> FormAsync(
        Claims claims, Guid conversationId, IReadOnlyList<SaidMessage> messages, CancellationToken cancellationToken)
    {
        var formed = new List<FormedMemory>();
        foreach (var person in messages.Where(m => !m.IsLeftOut).GroupBy(m => m.UserId))
        {
            var memories = await known.FindAsync(claims, person.Key, conversationId, [.. person.Select(m => m.Content)], MostKnown, cancellationToken);
            Fact? before = Before(memories);
            foreach (var message in person)
            {
                foreach (var fact in FactReader.Read(message.Content, before))
                {
                    before = fact;
                    if (Decide(fact, message, memories, formed) is { } memory)
                        formed.Add(memory);
                }
            }
        }

        return formed;
    }

    static FormedMemory? Decide(Fact fact, SaidMessage message, IReadOnlyList<KnownMemory> known, List<FormedMemory> formed)
    {
        var memory = FormedMemory.Of(fact, message);
        if (fact.IsDenial)
        {
            // That somebody no longer lives in Rome ends nothing that is known of Oslo.
            var holds = formed.FindLast(f => f.UserId == message.UserId && f.Key == fact.Key)?.Value ?? known.FirstOrDefault(k => k.Key == fact.Key)?.Value;
            return holds is null || holds == fact.Value || holds == memory.Value ? memory : null;
        }

        if (fact.Key is not null)
            return memory;
        var words = Words.ContentKeys(fact.Content);
        return known.FirstOrDefault(k => k.Type == fact.Type && Words.ContentKeys(k.Content).SequenceEqual(words)) is { } same
            ? memory with { Action = FormingAction.None, Target = same.Id }
            : memory;
    }

    /// <summary>What was said last in this conversation, for a correction that follows it.</summary>
    static Fact? Before(IReadOnlyList<KnownMemory> memories)
    {
        var last = memories.Where(m => m is { IsOfConversation: true, Key: not null, Value: not null }).MaxBy(m => m.Id);
        return last is not { Key: { } key, Value: { } value } || key.EndsWith($":{value}", StringComparison.Ordinal) || value is "yes" or "liked" or "always" or "never"
            ? null
            : new Fact { Type = last.Type, Category = "fact", Content = last.Content, Importance = 0.7, Key = key, Value = value, Said = value };
    }
}
