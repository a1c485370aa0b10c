using Overmind.Conversations.Moderation;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary>The rules of moderation in a body; what is left out is off.</summary>
static class ModerationMembers
{
    public static ModerationSettings? Read(JsonMembers body, string name)
    {
        using var given = body.Object(name);
        if (given is null) return null;
        var settings = new ModerationSettings
        {
            Patterns = [.. (given.Objects("patterns") ?? []).Select(Pattern)],
            PersonalData = PersonalData(given),
            Size = Size(given),
            HookEndpointId = given.Id("hook_endpoint_id"),
            PendingReachesModels = given.Flag("pending_reaches_models") ?? true,
        };
        given.End();
        return settings;
    }

    static ModerationPattern Pattern(JsonMembers given)
    {
        var pattern = new ModerationPattern(given.RequiredText("code"), given.RequiredText("pattern"), given.RequiredWord<ModerationAction>("action"));
        given.End();
        return pattern;
    }

    static PersonalDataRules PersonalData(JsonMembers settings)
    {
        using var given = settings.Object("personal_data");
        if (given is null) return new PersonalDataRules();
        ModerationAction Action(string kind) => given.Word<ModerationAction>(kind) ?? ModerationAction.Off;
        var rules = new PersonalDataRules
        {
            Email = Action("email"),
            Phone = Action("phone"),
            Card = Action("card"),
            Iban = Action("iban"),
            NationalId = Action("national_id"),
        };
        given.End();
        return rules;
    }

    static ModerationSize? Size(JsonMembers settings)
    {
        using var given = settings.Object("size");
        if (given is null) return null;
        var size = new ModerationSize(given.RequiredInteger("max_characters"), given.RequiredWord<ModerationAction>("action"));
        given.End();
        return size;
    }
}
