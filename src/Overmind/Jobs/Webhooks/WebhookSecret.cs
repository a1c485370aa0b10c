using System.Security.Cryptography;

namespace Overmind.Jobs.Webhooks;

/// <summary>A webhook's secret as Standard Webhooks writes it: <c>whsec_</c> and the base64 of 32 random bytes.</summary>
static class WebhookSecret
{
    const string Prefix = "whsec_";

    public static string Generate() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public static byte[] Key(string secret) => Convert.FromBase64String(secret[Prefix.Length..]);
}
