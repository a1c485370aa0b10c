using Overmind.Postgres;

namespace Overmind.Conversations.Moderation;

/// <summary>Lets a text be stored with what moderation says of it.</summary>
static class ModeratedClaims
{
    /// <summary>The claims with which the text is stored: a trigger writes the verdict on the message.</summary>
    public static Claims With(this Claims claims, ModerationVerdict? verdict) => verdict is null ? claims : claims with { Moderation = verdict.ToSetting() };
}
