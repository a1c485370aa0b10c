using System.Text.Json;
using Overmind.Postgres;
using ZiggyCreatures.Caching.Fusion;

namespace Overmind.Conversations.Moderation;

/// <summary>
/// Applies an organization's rules to what is about to be stored. The rules are kept for a minute, and forgotten at once when they change (NOTIFY
/// <c>moderation_changed</c>), so that moderating costs the database nothing.
/// </summary>
public sealed class Moderator
{
    static readonly FusionCacheEntryOptions Kept = new() { Duration = TimeSpan.FromMinutes(1), Size = 1 };

    readonly ModerationStore _store;
    readonly IFusionCache _cache;
    readonly TimeProvider _time;

    // Part of each cache key, so that a lookup under way cannot put old rules back.
    int _generation;

    internal Moderator(ModerationStore store, IFusionCache cache, NotificationListener? listener, TimeProvider time)
    {
        (_store, _cache, _time) = (store, cache, time);
        listener?.Subscribe("moderation_changed", _ => Interlocked.Increment(ref _generation));
    }

    /// <summary>What is to be stored with a text; null where nothing is moderated.</summary>
    /// <param name="parts">What else the message has; null for nothing.</param>
    internal async ValueTask<ModerationVerdict?> JudgeAsync(Claims claims, string content, JsonElement? parts, CancellationToken cancellationToken) =>
        (await RulesAsync(claims, cancellationToken)).Judge(parts is { } json ? Text(content, json) : content, StoredTime.Now(_time));

    internal async ValueTask<ModerationRules> RulesAsync(Claims claims, CancellationToken cancellationToken)
    {
        var key = $"moderation:{Volatile.Read(ref _generation)}:{claims.OrganizationId:N}";
        if (_cache.TryGet<ModerationRules>(key, token: cancellationToken) is { HasValue: true } found)
            return found.Value;
        var rules = new ModerationRules(await _store.SettingsAsync(claims, cancellationToken));
        _cache.Set(key, rules, Kept, token: cancellationToken);
        return rules;
    }

    // Each text within the parts, with the content before them. Digits of ids are no telephone numbers.
    static string Text(string content, JsonElement parts)
    {
        var texts = new List<string> { content };
        Read(parts);
        return string.Join('\n', texts);

        void Read(JsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String:
                    texts.Add(value.GetString()!);
                    break;
                case JsonValueKind.Array:
                    foreach (var item in value.EnumerateArray()) Read(item);
                    break;
                case JsonValueKind.Object:
                    foreach (var member in value.EnumerateObject().Where(m => !m.NameEquals("attachment_id"))) Read(member.Value);
                    break;
            }
        }
    }
}
