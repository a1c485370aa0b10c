using System.Globalization;
using Overmind.Errors;

namespace Overmind.Conversations.Attachments;

/// <summary>What is said of a file that is sent.</summary>
public sealed record NewAttachment
{
    const int LongestName = 255;

    /// <summary>Default: a new one.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>1 to 255 characters without /, \ and control characters; required.</summary>
    public string? Name { get; init; }

    /// <summary>What it is, as <c>image/png</c>; null or <c>application/octet-stream</c>: what its first bytes say.</summary>
    public string? MediaType { get; init; }

    /// <summary>Its size, where it is known beforehand: what is too large is refused at once.</summary>
    public long? SizeBytes { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        checks.Require(Name is not null, "name", "Say how the file is called: name is missing.", ErrorCode.MissingField);
        checks.Text("name", Name, 1, LongestName);
        checks.Require(Name is null || IsPlain(Name), "name", "name is a file's, without a folder (no / and \\), control characters and marks that turn the direction of writing.");
        checks.ThrowIfAny();
    }

    static bool IsPlain(string name) =>
        name is not ("." or "..") && !name.Any(c => c is '/' or '\\' || char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || TurnsDirection(c));

    // With them a name that ends in .exe reads as if it ended otherwise.
    static bool TurnsDirection(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
