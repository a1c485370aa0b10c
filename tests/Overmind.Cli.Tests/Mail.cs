using System.Text.RegularExpressions;
using MimeKit;
using Overmind.Testing;

namespace Overmind.Cli.Tests;

/// <summary>Mails of an instance without a mail server.</summary>
static partial class Mail
{
    /// <summary>What the link in the newest mail to somebody carries.</summary>
    public static async Task<string> TokenAsync(string data, string to)
    {
        var outbox = Path.Combine(data, "outbox");
        string? text = null;
        await Poll.UntilAsync(() =>
        {
            if (!Directory.Exists(outbox)) return false;
            text = Directory.EnumerateFiles(outbox, "*.eml").OrderDescending(StringComparer.Ordinal).Select(file => MimeMessage.Load(file))
                .FirstOrDefault(mail => mail.To.ToString().Contains(to, StringComparison.Ordinal))?.TextBody;
            return text is not null;
        });
        return Link().Match(text!).Groups["token"].Value;
    }

    [GeneratedRegex("[?]token=(?<token>[a-z0-9_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
