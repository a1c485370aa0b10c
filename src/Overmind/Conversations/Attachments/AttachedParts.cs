using System.Text.Json;

namespace Overmind.Conversations.Attachments;

/// <summary>What the parts of a message name as attached.</summary>
/// <param name="Attachments">In the order of the parts.</param>
/// <param name="Parts">The parts, with <c>name</c>, <c>media_type</c> and <c>size_bytes</c> of each attachment beside its id.</param>
sealed record AttachedParts(IReadOnlyList<Attachment> Attachments, JsonElement Parts);
