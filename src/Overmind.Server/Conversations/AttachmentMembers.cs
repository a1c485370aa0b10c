using Overmind.Conversations.Attachments;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary>What an organization takes as attachments, in a body; what is left out is the default.</summary>
static class AttachmentMembers
{
    public static AttachmentSettings? Read(JsonMembers body, string name)
    {
        using var given = body.Object(name);
        if (given is null) return null;
        var defaults = new AttachmentSettings();
        var settings = new AttachmentSettings
        {
            MaxBytes = given.Long("max_bytes") ?? defaults.MaxBytes,
            MediaTypes = given.Texts("media_types") ?? defaults.MediaTypes,
            MaxTotalBytes = given.Long("max_total_bytes"),
        };
        given.End();
        return settings;
    }
}
