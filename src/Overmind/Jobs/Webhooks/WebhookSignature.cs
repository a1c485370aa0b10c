using System.Security.Cryptography;
using System.Text;

namespace Overmind.Jobs.Webhooks;

/// <summary>Signs as Standard Webhooks 1.0.0 says, "Signature scheme": HMAC-SHA256 of <c>id.timestamp.body</c>, in base64 after <c>v1,</c>.</summary>
static class WebhookSignature
{
    /// <summary>One signature a secret, separated by spaces: a receiver takes the event when any of them is its own.</summary>
    /// <param name="timestamp">Seconds since 1970 of this attempt.</param>
    public static string Of(IEnumerable<string> secrets, string id, long timestamp, string body)
    {
        var signed = Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}");
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(WebhookSecret.Key(secret), signed))}"));
    }
}
