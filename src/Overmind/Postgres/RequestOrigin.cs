using System.Net;
using System.Text.Json;

namespace Overmind.Postgres;

/// <summary>Where a request came from; stands beside what it did in the audit log, and beside what it cost in the ledger.</summary>
/// <param name="Ip">The caller's address.</param>
/// <param name="UserAgent">What the caller's program calls itself; the log keeps 500 characters.</param>
/// <param name="RequestId">The id that the response carries, too.</param>
public sealed record RequestOrigin(IPAddress? Ip, string? UserAgent, string? RequestId)
{
    /// <summary>The API key of the request; null when it came without one.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>Whether it is the job of a schedule and not a person's request.</summary>
    public bool IsScheduled { get; init; }

    /// <summary>As JSON in ASCII without quotation marks of SQL, for a setting of the transaction, which takes no parameter.</summary>
    internal string ToSetting()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        // The writer's own encoder writes ', \ and all that is not ASCII as \u….
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (Ip is not null)
                writer.WriteString("ip", Address(Ip));
            if (UserAgent is not null)
                writer.WriteString("user_agent", UserAgent);
            if (RequestId is not null)
                writer.WriteString("request_id", RequestId);
            if (ApiKeyId is { } key)
                writer.WriteString("api_key_id", key);
            if (IsScheduled)
                writer.WriteBoolean("is_scheduled", true);
            writer.WriteEndObject();
        }
        return System.Text.Encoding.ASCII.GetString(buffer.WrittenSpan);
    }

    // As PostgreSQL reads it: without a zone.
    internal static string Address(IPAddress ip) => (ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : new IPAddress(ip.GetAddressBytes())).ToString();
}
